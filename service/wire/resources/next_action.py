"""What a SetupIntent tells its customer to do. Addresses are those of our own pages."""

from typing import Literal

from msgspec import UNSET

from service.wire.resources.shape import Json, Maybe, Resource, Timestamp


class RedirectToUrl(Resource, frozen=True, kw_only=True):
    return_url: str | None
    url: str | None


class VerifyWithMicrodeposits(Resource, frozen=True, kw_only=True):
    arrival_date: Timestamp
    hosted_verification_url: str
    microdeposit_type: Literal["amounts", "descriptor_code"] | None


class QrCode(Resource, frozen=True, kw_only=True):
    expires_at: Timestamp
    image_url_png: str
    image_url_svg: str


class CashappQrCode(Resource, frozen=True, kw_only=True):
    hosted_instructions_url: str
    mobile_auth_url: str
    qr_code: QrCode


class UpiQrCode(Resource, frozen=True, kw_only=True):
    hosted_instructions_url: str
    qr_code: QrCode


class PixQrCode(Resource, frozen=True, kw_only=True):
    data: str
    expires_at: Timestamp
    hosted_instructions_url: str
    image_url_png: str
    image_url_svg: str


class BlikAuthorize(Resource, frozen=True, kw_only=True):
    """The customer is asked in the bank's app, and there is nothing to show meanwhile."""


class NextAction(Resource, frozen=True, kw_only=True):
    """What the customer has to do. Exactly one hash is there, named like *type*."""

    blik_authorize: Maybe[BlikAuthorize] = UNSET
    cashapp_handle_redirect_or_display_qr_code: Maybe[CashappQrCode] = UNSET
    pix_display_qr_code: Maybe[PixQrCode] = UNSET
    redirect_to_url: Maybe[RedirectToUrl] = UNSET
    type: Literal[
        "blik_authorize",
        "cashapp_handle_redirect_or_display_qr_code",
        "pix_display_qr_code",
        "redirect_to_url",
        "upi_handle_redirect_or_display_qr_code",
        "use_stripe_sdk",
        "verify_with_microdeposits",
    ]
    upi_handle_redirect_or_display_qr_code: Maybe[UpiQrCode] = UNSET
    use_stripe_sdk: Maybe[Json] = UNSET
    verify_with_microdeposits: Maybe[VerifyWithMicrodeposits] = UNSET
