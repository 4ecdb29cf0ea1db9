"""The text of a Pix code."""

from binascii import crc_hqx

from service.gateways import pix_code
from service.gateways.port import Attempt
from tests import builders as a

ATTEMPT = Attempt(id=a.ATTEMPT, payment_method=a.method(type="pix"), options={}, usage="", at=a.AT)


def _fields(code: str) -> dict[str, str]:
    found = {}
    while code:
        number, length = code[:2], int(code[2:4])
        found[number], code = code[4 : 4 + length], code[4 + length :]
    return found


def test_is_a_run_of_fields() -> None:
    """A bank's app finds the scheme, the currency, the payee and the transaction in it."""
    fields = _fields(pix_code.shown(ATTEMPT)["data"])
    assert fields["00"] == "01"
    assert _fields(fields["26"])["00"] == "br.gov.bcb.pix"
    assert (fields["53"], fields["58"]) == ("986", "BR")
    assert _fields(fields["62"])["05"].isalnum()


def test_ends_with_its_checksum() -> None:
    """A code that was copied wrongly can be told."""
    code = pix_code.shown(ATTEMPT)["data"]
    assert code[-8:-4] == "6304"
    assert code[-4:] == f"{crc_hqx(code[:-4].encode(), 0xFFFF):04X}"
