"""An export, line by line, against the seals in it: see `exporting`, which says what it holds."""

import binascii
from collections.abc import Iterator
from typing import IO, Final

import msgspec

from service.store.seals.chain import RawRow, leaves_of
from service.store.seals.exporting import End, Event, First, Line
from service.store.seals.findings import Kind, Verified
from service.store.seals.seal import Seal
from service.store.seals.signing import PublicKeys
from service.store.seals.verifying import Verifier

_LINE_BYTES_MAX: Final = 64 * 1024 * 1024
_BATCH: Final = 500

_first: Final = msgspec.json.Decoder(First).decode
_line: Final = msgspec.json.Decoder(Line).decode
_event: Final = msgspec.json.Decoder(Event).decode


class NoExport(Exception):
    """A file is no export. The message is one sentence."""


def verify_export(file: IO[bytes], keys: PublicKeys) -> Verified:
    """Verify an export. Raise `NoExport`."""
    reading = _Reading(file, keys)
    for number, line in enumerate(_lines(file), 2):
        if reading.is_ended:
            reading.unreadable(number, "stands behind the end")
            break
        if not reading.take(line):
            reading.unreadable(number, "is not what an export holds")
    return reading.end()


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(_LINE_BYTES_MAX):
        yield line


class _Reading:
    """The verification of a file, from its first line on."""

    def __init__(self, file: IO[bytes], keys: PublicKeys) -> None:
        try:
            first = _first(file.readline(_LINE_BYTES_MAX))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise NoExport("it does not begin as an export does") from error
        if first.seti != "export" or first.format != 1:
            raise NoExport("it is of a format that this version does not know")
        self._verifier = Verifier(first.log, keys, 0, first.start)
        self._rows: list[RawRow] = []
        self._wrong: list[int] = []
        self.is_ended = False

    def take(self, line: bytes) -> bool:
        """Take one line in, and say whether it could be read."""
        try:
            if line.startswith(b'{"position":'):
                self._take_event(_event(line))
                return True
            told = _line(line)
        except (msgspec.DecodeError, UnicodeError, binascii.Error):
            return False
        if told.seal is not None:
            self._take_seal(told.seal)
        elif told.end is not None:
            self._take_end(told.end)
        return told.seal is not None or told.end is not None

    def _take_event(self, event: Event) -> None:
        row = event.row()
        if leaves_of([row])[0].hex() != event.digest:
            self._wrong.append(event.position)
        self._rows.append(row)
        if len(self._rows) >= _BATCH:
            self._flush()
        self._verifier.head = max(self._verifier.head, event.position)

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        self._verifier.take(rows)

    def _take_seal(self, seal: Seal) -> None:
        self._flush()
        if self._verifier.checker.check(seal):
            self._verifier.head = max(self._verifier.head, seal.position)
            self._verifier.seal(seal)
            if not self._verifier.is_broken:
                self._tell_digests()

    def _tell_digests(self) -> None:
        """Tell of digests that are not those of their events, where these are what was sealed."""
        for position in self._wrong:
            says = f"position {position} holds another digest than that of its event"
            self._verifier.verified.found(Kind.ALTERED, (position, position), says)
        self._wrong = []

    def _take_end(self, end: End) -> None:
        self.is_ended = True
        self._flush()
        found, broken = self._verifier.chain, self._verifier.is_broken
        self._tell_digests()
        if not broken and (found.count, found.digest.hex()) != (end.count, end.digest):
            place = (max(self._verifier.verified.sealed, 0) + 1, end.position)
            says = f"positions {place[0]} to {place[1]}, under no seal, are not what was exported"
            self._verifier.verified.found(Kind.ALTERED, place, says)

    def unreadable(self, number: int, what: str) -> None:
        """Tell that the line of a *number* is not one of an export."""
        self._flush()
        place = self._verifier.chain.position
        self._verifier.verified.found(
            Kind.UNREADABLE, (place + 1, place + 1), f"line {number} {what}"
        )

    def end(self) -> Verified:
        """Return what came of it."""
        if not self.is_ended:
            self._flush()
            place = self._verifier.chain.position + 1
            self._verifier.verified.found(
                Kind.TRUNCATED, (place, place), f"the file ends before its end, at position {place}"
            )
        return self._verifier.end()
