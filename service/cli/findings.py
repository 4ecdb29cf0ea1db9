"""What a verification came to, in lines: the first change first."""

import sys
from typing import Final

import msgspec

from service.store.seals.findings import Verified

_SHOWN_MAX: Final = 20


def print_verified(verified: Verified, *, json: bool) -> None:
    """Print *verified*: as JSON if asked, else a line for each finding and one for all."""
    sys.stdout.write(as_json(verified) if json else as_lines(verified))


def as_json(verified: Verified) -> str:
    findings = [
        {"kind": each.kind, "position": each.position, "until": each.until, "says": each.says}
        for each in verified.in_order()
    ]
    said = msgspec.to_builtins(verified) | {"findings": findings, "whole": not findings}
    return msgspec.json.encode(said).decode() + "\n"


def as_lines(verified: Verified) -> str:
    found = verified.in_order()
    lines = [f"{each.kind} at position {each.position}: {each.says}." for each in found]
    if len(lines) > _SHOWN_MAX:
        lines[_SHOWN_MAX:] = [f"… and {len(lines) - _SHOWN_MAX} more."]
    return "\n".join([*lines, _summary(verified)]) + "\n"


def _summary(verified: Verified) -> str:
    rate = verified.events / max(verified.seconds, 1e-9)
    verdict = _counted(len(verified.findings)) if verified.findings else "whole"
    signed = f"{verified.signed} signed" if verified.signed else "no signature checked"
    return (
        f"{verified.events} events under {verified.seals} seals ({signed}) in "
        f"{verified.seconds:.1f} s ({rate:,.0f} events/s); {verified.unsealed} not sealed yet; "
        f"{verdict}"
    )


def _counted(findings: int) -> str:
    return "1 finding" if findings == 1 else f"{findings} findings"
