"""What the operations on PaymentMethods take, alone and under a customer."""

from typing import Final, Literal

from msgspec import UNSET

from service.wire import bad_param
from service.wire.bad_param import BadParam
from service.wire.hashes import Clearable, Hash, Ignored, Maybe, Metadata, Text
from service.wire.params.bank_data import PaytoData
from service.wire.params.card_data import CardChanges
from service.wire.params.details import AllowRedisplay, BillingDetails, RadarOptions
from service.wire.params.enumerations import MethodType
from service.wire.params.lists import Expandable, ListParams
from service.wire.params.payment_method_data import MethodHashes, check_hashes

# What may be said of a payment method that is cloned.
_OF_A_CLONE: Final = frozenset(
    {
        "allow_redisplay",
        "customer",
        "expand",
        "expected_payment_method_type",
        "metadata",
        "payment_method",
    }
)


class PaymentMethodCreateParams(MethodHashes, frozen=True, kw_only=True):
    """
    A payment method to make. The hash named like *type* describes the instrument; or it is a
    clone of the platform's *payment_method*, which is *customer*'s there.
    """

    allow_redisplay: Maybe[AllowRedisplay] = UNSET
    billing_details: Maybe[BillingDetails] = UNSET
    customer: Maybe[Text] = UNSET
    expand: tuple[Text, ...] = ()
    # As in `BrowserCall`: a Struct cannot inherit from two.
    expected_payment_method_type: Ignored = UNSET
    metadata: Maybe[Clearable[Metadata]] = UNSET
    payment_method: Maybe[Text] = UNSET
    radar_options: Maybe[RadarOptions] = UNSET
    type: Maybe[MethodType] = UNSET

    def check(self, name: str) -> None:
        if self.payment_method is not UNSET:
            self._check_clone()
            return
        if self.customer is not UNSET:
            raise BadParam(
                "A PaymentMethod is made without a customer. Make it first, then attach it.",
                param="customer",
            )
        if self.type is UNSET:
            raise bad_param.missing("type")
        check_hashes(self, self.type, name)

    def _check_clone(self) -> None:
        """What is cloned is what it is: nothing may describe it anew."""
        for other in self.__struct_fields__:
            if other not in _OF_A_CLONE and getattr(self, other) is not UNSET:
                raise bad_param.exclusive("payment_method", other)


class UsBankAccountChanges(Hash, frozen=True, kw_only=True):
    account_holder_type: Maybe[Literal["company", "individual"]] = UNSET
    account_type: Maybe[Literal["checking", "savings"]] = UNSET


class PaymentMethodUpdateParams(Expandable, frozen=True, kw_only=True):
    allow_redisplay: Maybe[AllowRedisplay] = UNSET
    billing_details: Maybe[BillingDetails] = UNSET
    card: Maybe[CardChanges] = UNSET
    metadata: Maybe[Clearable[Metadata]] = UNSET
    payto: Maybe[PaytoData] = UNSET
    us_bank_account: Maybe[UsBankAccountChanges] = UNSET


class PaymentMethodAttachParams(Expandable, frozen=True, kw_only=True):
    customer: Maybe[Text] = UNSET
    customer_account: Maybe[Text] = UNSET

    def check(self, name: str) -> None:  # noqa: ARG002 (It always stands at the top.)
        if self.customer is UNSET and self.customer_account is UNSET:
            raise BadParam(
                "Say whom to attach it to: send customer or customer_account.",
                code="parameter_missing",
            )
        if self.customer is not UNSET and self.customer_account is not UNSET:
            raise bad_param.exclusive("customer", "customer_account")


class PaymentMethodDetachParams(Expandable, frozen=True, kw_only=True):
    pass


class PaymentMethodRetrieveParams(Expandable, frozen=True, kw_only=True):
    pass


class CustomerPaymentMethodRetrieveParams(Expandable, frozen=True, kw_only=True):
    pass


class CustomerPaymentMethodListParams(ListParams, frozen=True, kw_only=True):
    allow_redisplay: Maybe[AllowRedisplay] = UNSET
    type: Maybe[MethodType] = UNSET


class PaymentMethodListParams(CustomerPaymentMethodListParams, frozen=True, kw_only=True):
    customer: Maybe[Text] = UNSET
    customer_account: Maybe[Text] = UNSET
