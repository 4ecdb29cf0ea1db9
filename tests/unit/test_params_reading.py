"""Good parameters become what is declared."""

import msgspec
import pytest
from msgspec import UNSET

from service.wire.declarations import hash_reader, read_params
from service.wire.form import parse_form
from service.wire.hashes import Hash
from service.wire.params.customers import CustomerCreateParams, CustomerUpdateParams
from service.wire.params.lists import CreatedRange, ListParams
from service.wire.params.payment_methods import PaymentMethodCreateParams, PaymentMethodUpdateParams
from service.wire.params.setup_intents import (
    SetupIntentBrowserConfirmParams,
    SetupIntentConfirmParams,
    SetupIntentCreateParams,
    SetupIntentListParams,
    SetupIntentUpdateParams,
)


def all_declared(base: type[Hash] = Hash) -> list[type[Hash]]:
    """Return every declared hash, whatever it stands in."""
    return [one for below in base.__subclasses__() for one in (below, *all_declared(below))]


@pytest.mark.parametrize("declared", all_declared(), ids=lambda declared: declared.__name__)
def test_every_declaration_has_a_reader(declared: type[Hash]) -> None:
    """There is no declared type that forms cannot be read as."""
    assert hash_reader(declared).fields.keys() == set(declared.__struct_encode_fields__)


def test_nothing_sent_is_nothing_set() -> None:
    """Without parameters every field is absent, or has its default."""
    params = read_params(SetupIntentCreateParams, {})
    assert params == SetupIntentCreateParams()
    assert params.customer is UNSET
    assert (params.usage, params.confirm, params.expand) == ("off_session", False, ())


def test_a_typical_create_is_read() -> None:
    """Texts, booleans, numbers, lists and hashes come out as their types."""
    params = read_params(
        SetupIntentCreateParams,
        parse_form(
            b"payment_method_types[1]=link&payment_method_types[0]=card&confirm=true&usage=on_session"
            b"&metadata[0]=a&metadata[b]=&return_url=myapp://back&expand[]=customer"
            b"&payment_method_options[card][request_three_d_secure]=any"
            b"&single_use[amount]=1099&single_use[currency]=eur"
        ),
    )
    assert params.payment_method_types == ("card", "link")
    assert params.confirm is True
    assert params.metadata == {"0": "a", "b": ""}
    assert params.expand == ("customer",)
    assert params.payment_method_options is not UNSET
    assert params.payment_method_options.card is not UNSET
    assert params.payment_method_options.card.request_three_d_secure == "any"
    assert params.single_use is not UNSET
    assert params.single_use.amount == 1099


def test_gaps_in_a_list_are_closed() -> None:
    """A list is in the order of its numbers, whatever is missing, then what has none."""
    params = read_params(
        SetupIntentCreateParams, parse_form(b"expand[]=c&expand[10]=b&expand[9]=a&expand[]=d")
    )
    assert params.expand == ("a", "b", "c", "d")


def test_a_list_of_hashes_is_read() -> None:
    """Numbered and unnumbered hashes make the elements of a list."""
    expected = "Ada"
    for sent in (
        b"invoice_settings[custom_fields][0][name]=Ada&invoice_settings[custom_fields][0][value]=1",
        b"invoice_settings[custom_fields][][name]=Ada&invoice_settings[custom_fields][][value]=1",
    ):
        settings = read_params(CustomerCreateParams, parse_form(sent)).invoice_settings
        assert settings is not UNSET
        assert settings.custom_fields is not UNSET
        assert settings.custom_fields != ""
        assert [one.name for one in settings.custom_fields] == [expected]


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        (SetupIntentUpdateParams, "payment_method"),
        (SetupIntentUpdateParams, "description"),
        (SetupIntentUpdateParams, "metadata"),
        (SetupIntentUpdateParams, "allowed_payment_method_types"),
        (SetupIntentUpdateParams, "excluded_payment_method_types"),
        (SetupIntentCreateParams, "metadata"),
        (SetupIntentCreateParams, "mandate_data"),
        (SetupIntentConfirmParams, "mandate_data"),
        (CustomerUpdateParams, "address"),
        (CustomerUpdateParams, "shipping"),
        (CustomerUpdateParams, "tax_exempt"),
        (PaymentMethodUpdateParams, "metadata"),
    ],
)
def test_what_may_be_unset_is_read_as_empty(declared: type[Hash], name: str) -> None:
    """An empty string stays one where it means to unset."""
    assert getattr(read_params(declared, {name: ""}), name) == ""


def test_created_is_an_instant_or_a_range() -> None:
    """A list's `created` takes a second, or a hash of bounds."""
    exact = read_params(SetupIntentListParams, parse_form(b"created=1700000000"))
    bounds = read_params(SetupIntentListParams, parse_form(b"created[gte]=1&created[lt]=2"))
    assert exact.created == 1_700_000_000
    assert bounds.created == CreatedRange(gte=1, lt=2)


@pytest.mark.parametrize(
    ("sent", "size"), [(b"", 10), (b"limit=0", 1), (b"limit=-3", 1), (b"limit=1000", 100)]
)
def test_limits_are_bent_into_range(sent: bytes, size: int) -> None:
    """A page has 1 to 100 objects, and 10 where nothing is said."""
    assert read_params(ListParams, parse_form(sent)).page_size == size


@pytest.mark.parametrize(("sent", "read"), [("true", True), ("True", True), ("False", False)])
def test_booleans_are_read_as_sdks_write_them(*, sent: str, read: bool) -> None:
    """Older official SDKs write them as their language does."""
    params = read_params(SetupIntentCreateParams, parse_form(f"confirm={sent}".encode()))
    assert params.confirm is read


@pytest.mark.parametrize("address", ["203.0.113.7", "2001:db8::1", ""])
def test_ip_addresses_are_read_as_they_are(address: str) -> None:
    """An address of either version is kept as it was written; an empty one unsets."""
    params = read_params(CustomerUpdateParams, parse_form(f"tax[ip_address]={address}".encode()))
    assert params.tax is not UNSET
    assert params.tax.ip_address == address


def test_currencies_are_in_small_letters() -> None:
    """A currency may be sent in capitals, and is shown as Stripe writes it."""
    sent = b"single_use[amount]=5&single_use[currency]=USD"
    single_use = read_params(SetupIntentCreateParams, parse_form(sent)).single_use
    assert single_use is not UNSET
    assert single_use.currency == "usd"


def test_what_stripe_js_adds_is_dropped() -> None:
    """A browser's confirmation passes with all that Stripe.js sends by itself."""
    params = read_params(
        SetupIntentBrowserConfirmParams,
        parse_form(
            b"payment_method_data[type]=card&payment_method_data[card][token]=tok_visa"
            b"&payment_method_data[guid]=x&payment_method_data[muid]=&payment_method_data[sid]=x"
            b"&payment_method_data[client_attribution_metadata][elements][0]=payment"
            b"&payment_method_data[radar_options][hcaptcha_token]=P1_x"
            b"&client_attribution_metadata[elements][0]=payment"
            b"&expected_payment_method_type=card&use_stripe_sdk=true"
            b"&client_secret=seti_1_secret_2"
            b"&mandate_data[customer_acceptance][type]=online"
            b"&mandate_data[customer_acceptance][online][infer_from_client]=true"
        ),
    )
    assert params.payment_method_data is not UNSET
    assert params.payment_method_data.guid is UNSET
    assert params.payment_method_data.client_attribution_metadata is UNSET
    assert params.client_attribution_metadata is UNSET


def test_no_value_is_in_a_repr() -> None:
    """A repr tells which fields were sent, and not what they hold."""
    params = read_params(
        PaymentMethodCreateParams,
        parse_form(
            b"type=card&card[number]=4242424242424242&card[cvc]=987&card[exp_month]=12"
            b"&card[exp_year]=2034"
        ),
    )
    assert repr(params) == "PaymentMethodCreateParams(card, expand, type)"
    assert repr(params.card) == "CardData(cvc, exp_month, exp_year, number)"


def test_params_have_a_schema() -> None:
    """A declaration describes itself as JSON Schema, for the API's own document."""
    schema = msgspec.json.schema(SetupIntentUpdateParams)
    assert "SetupIntentUpdateParams" in schema["$defs"]
