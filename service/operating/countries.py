"""Where an account may be, and the currency that is usual there."""

from collections.abc import Mapping
from typing import Final

_USUAL_IN: Final = {
    "aed": "AE",
    "aud": "AU",
    "brl": "BR",
    "cad": "CA",
    "chf": "CH LI",
    "czk": "CZ",
    "dkk": "DK",
    "eur": "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK",
    "gbp": "GB",
    "gip": "GI",
    "hkd": "HK",
    "huf": "HU",
    "inr": "IN",
    "jpy": "JP",
    "mxn": "MX",
    "myr": "MY",
    "nok": "NO",
    "nzd": "NZ",
    "pln": "PL",
    "ron": "RO",
    "sek": "SE",
    "sgd": "SG",
    "thb": "TH",
    "usd": "US",
}
CURRENCY_OF: Final[Mapping[str, str]] = {
    country: currency for currency, countries in _USUAL_IN.items() for country in countries.split()
}
