"""
The text of a Pix code, which a customer copies into a bank's app.

It is a run of fields, each a number, a length and a value, that ends with a checksum. The
attempt's own id stands in it as the transaction's.
"""

import uuid
from binascii import crc_hqx
from typing import Final

from service.domain.values import JsonObject
from service.gateways.port import Attempt

_SCHEME: Final = "br.gov.bcb.pix"
_REAL: Final = "986"
_TRANSACTION_LENGTH: Final = 25
_CHECKSUM_FIELD: Final = "6304"
_SEED: Final = 0xFFFF


def shown(attempt: Attempt) -> JsonObject:
    """Return what a `pix_display_qr_code` shows of *attempt* beside addresses."""
    return {"data": _code(attempt)}


def _code(attempt: Attempt) -> str:
    payee = str(uuid.uuid5(uuid.NAMESPACE_OID, attempt.owner.account))
    transaction = attempt.id.rpartition("_")[2][-_TRANSACTION_LENGTH:]
    fields = "".join(
        (
            _field("00", "01"),
            _field("26", _field("00", _SCHEME) + _field("01", payee)),
            _field("52", "0000"),
            _field("53", _REAL),
            _field("58", "BR"),
            _field("59", "SETI"),
            _field("60", "SAO PAULO"),
            _field("62", _field("05", transaction)),
            _CHECKSUM_FIELD,
        )
    )
    return f"{fields}{crc_hqx(fields.encode(), _SEED):04X}"


def _field(number: str, text: str) -> str:
    return f"{number}{len(text):02}{text}"
