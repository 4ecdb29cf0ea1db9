"""An export: what it holds, and that whatever is changed in it is found."""

import base64
import hashlib
import json
import struct
from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

import pytest

from service.store.seals.export_reading import NoExport, verify_export
from service.store.seals.exporting import export
from service.store.seals.findings import Kind, Verified
from service.store.sqlite import RawLog
from tests.sealed_logs import EVENTS, SealedLog

Lines = list[dict[str, Any]]


def exported(log: SealedLog, after: int = 0, until: int = EVENTS) -> Lines:
    """Return the lines of an export."""
    raw, out = RawLog(log.file), BytesIO()
    export(raw, log.seals, after, until, out.write)
    raw.close()
    return [json.loads(line) for line in out.getvalue().splitlines()]


def verified(log: SealedLog, lines: Lines) -> Verified:
    text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
    return verify_export(BytesIO(text.encode()), {log.signer.name: log.signer.public})


def recomputed(lines: Lines) -> str:
    """Work the chain out as the format says, with nothing of Seti's."""
    chain = hashlib.sha256(b"seti log 1\n" + lines[0]["log"].encode()).digest()
    for line in lines:
        if "position" not in line:
            continue
        parts = [line[name].encode() for name in ("stream", "topic", "state")]
        head = struct.pack(">BqIII", 0, line["version"], *map(len, parts))
        leaf = hashlib.sha256(head + b"".join(parts)).digest()
        assert leaf.hex() == line["digest"]
        link = struct.pack(">Bq", 1, line["position"]) + chain + leaf
        chain = hashlib.sha256(link).digest()
    return chain.hex()


class TestExport:
    def test_is_whole(self, sealed: SealedLog) -> None:
        """All events and seals are there, and are verified."""
        lines = exported(sealed)
        assert [line["position"] for line in lines if "position" in line] == [*range(1, 31)]
        result = verified(sealed, lines)
        assert (result.findings, result.events, result.seals, result.signed) == ([], 30, 6, 6)

    def test_can_be_recomputed_by_anybody(self, sealed: SealedLog) -> None:
        """The chain follows from the lines as the format is described."""
        lines = exported(sealed)
        assert recomputed(lines) == lines[-1]["end"]["digest"] == sealed.seals[-1].digest

    def test_of_a_part_goes_from_seal_to_seal(self, sealed: SealedLog) -> None:
        """A part begins after the seal before it, ends with one, and is verified alone."""
        lines = exported(sealed, after=7, until=13)
        assert [line["position"] for line in lines if "position" in line] == [*range(6, 16)]
        assert verified(sealed, lines).findings == []

    async def test_has_what_is_not_sealed_yet(self, sealed: SealedLog) -> None:
        """Events under no seal stand at its end, and are counted as that."""
        await sealed.grow(3, first=50)
        result = verified(sealed, exported(sealed, until=33))
        assert (result.findings, result.unsealed) == ([], 3)

    def test_keeps_what_is_no_text(self, sealed: SealedLog) -> None:
        """Bytes that are no UTF-8 survive, as they must to be found."""
        sealed.sql("UPDATE stored_events SET state = x'ff00' WHERE rowid = 4")
        lines = exported(sealed)
        assert base64.b64decode(lines[4]["state_base64"]) == b"\xff\x00"
        first = verified(sealed, lines).in_order()[0]
        assert (first.kind, first.position) == (Kind.ALTERED, 4)

    def test_that_is_none(self, sealed: SealedLog) -> None:
        """Another file is refused."""
        with pytest.raises(NoExport):
            verified(sealed, [{"hello": "world"}])


def state_edited(lines: Lines) -> None:
    lines[4]["state"] += " "


def state_and_digest_edited(lines: Lines) -> None:
    parts = [lines[4]["stream"].encode(), lines[4]["topic"].encode(), b"{}"]
    head = struct.pack(">BqIII", 0, lines[4]["version"], *map(len, parts))
    lines[4] |= {"state": "{}", "digest": hashlib.sha256(head + b"".join(parts)).hexdigest()}


def digest_edited(lines: Lines) -> None:
    lines[4]["digest"] = "00" * 32


def line_removed(lines: Lines) -> None:
    del lines[4]


def line_repeated(lines: Lines) -> None:
    lines.insert(5, lines[4])


def lines_swapped(lines: Lines) -> None:
    lines[3], lines[4] = lines[4], lines[3]


def seal_moved(lines: Lines) -> None:
    lines[5], lines[6] = lines[6], lines[5]


def seal_removed(lines: Lines) -> None:
    del lines[6]


def cut_off(lines: Lines) -> None:
    del lines[-4:]


def added_behind_the_end(lines: Lines) -> None:
    lines.append(lines[4])


def line_made_unreadable(lines: Lines) -> None:
    lines[4] = {"position": "four"}


EDITS: Final[dict[str, tuple[Callable[[Lines], None], Kind, int]]] = {
    "state": (state_edited, Kind.ALTERED, 4),
    "state and digest": (state_and_digest_edited, Kind.ALTERED, 4),
    "digest": (digest_edited, Kind.ALTERED, 4),
    "line removed": (line_removed, Kind.REMOVED, 4),
    "line repeated": (line_repeated, Kind.REORDERED, 4),
    "lines swapped": (lines_swapped, Kind.REORDERED, 3),
    "seal moved before its last event": (seal_moved, Kind.SEAL_ALTERED, 1),
    "seal removed": (seal_removed, Kind.SEAL_REMOVED, 1),
    "cut off": (cut_off, Kind.TRUNCATED, 29),
    "added behind the end": (added_behind_the_end, Kind.UNREADABLE, 31),
    "line made unreadable": (line_made_unreadable, Kind.REMOVED, 4),
}


class TestEditedFile:
    @pytest.mark.parametrize("how", EDITS)
    def test_is_found(self, sealed: SealedLog, how: str) -> None:
        """What was done to the file is told, and where it begins."""
        edit, kind, position = EDITS[how]
        lines = exported(sealed)
        edit(lines)
        found = verified(sealed, lines).in_order()
        assert (found[0].kind, found[0].position) == (kind, position), found
