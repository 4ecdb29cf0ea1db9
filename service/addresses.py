"""
The signed addresses of what people see.

A subject is a setup attempt (the page on which its customer takes the step it waits for), an
attempt and the format of an image (`setatt_….png`: the QR code of that page), or a mandate.
The signature is the right to see it, and on an attempt's page the right to decide. It is
made of the page and the subject, so it opens nothing else.
"""

from typing import Final

from service.keyring import Keyring

SETUP: Final = "setup"
QR_CODES: Final = "qr_codes"
MANDATES: Final = "mandates"


class Addresses:
    """Signs addresses under *public_url*, where people reach our pages."""

    def __init__(self, keyring: Keyring, public_url: str) -> None:
        self._keyring = keyring
        self._public_url = public_url.rstrip("/")

    def of(self, subject: str) -> str:
        """Return the address of *subject*, which exists or will."""
        page = page_of(subject)
        signature = self._keyring.page_signature(page, subject)
        return f"{self._public_url}/{page}/{subject}?signature={signature}"

    def opens(self, page: str, subject: str, signature: str) -> bool:
        """Say whether *signature* opens *page* for *subject*; they may be any text at all."""
        # What is not ASCII may be no text at all, but bytes that cannot be encoded again.
        if not (subject.isascii() and signature.isascii()):
            return False
        return self._keyring.is_page_signature(page, subject, signature)


def page_of(subject: str) -> str:
    """Return the page that shows *subject*."""
    if subject.startswith("mandate_"):
        return MANDATES
    return QR_CODES if "." in subject else SETUP
