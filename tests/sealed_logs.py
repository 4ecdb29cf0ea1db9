"""A log on the disk with its seals, small enough to be changed by hand and looked at."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from service.domain.values import Actor
from service.store.seals.auditing import told_elsewhere, verify_log
from service.store.seals.file import SealFile, read_seals
from service.store.seals.findings import Finding, Verified
from service.store.seals.seal import Seal, encode
from service.store.seals.sealer import Sealer
from service.store.seals.signing import Signer
from service.store.sqlite import RawLog, open_log
from service.store.sqlite.opening import LOG_FILE
from tests.logs import AT, after

EVENTS: Final = 30
EVERY: Final = 5
STREAMS: Final = 10
ASKED: Final = Actor(request="req_1", key="sk_test_********abcd", address="127.0.0.1")


@dataclass
class SealedLog:
    """A log in *directory*, sealed with *signer*."""

    directory: Path
    signer: Signer = field(default_factory=lambda: Signer(Ed25519PrivateKey.generate()))

    @property
    def file(self) -> Path:
        return self.directory / LOG_FILE

    @property
    def seals_file(self) -> Path:
        return self.directory / "seals.ndjson"

    @property
    def seals(self) -> list[Seal]:
        return list(read_seals(self.seals_file))

    async def grow(self, events: int = EVENTS, *, first: int = 0) -> None:
        """Append as many events, three to a stream."""
        log = open_log(self.directory)
        for number in range(events // 3):
            await log.append([after(0, f"cus_{first + number:04}", 3)], ASKED)
        await log.close()

    def seal(self, every: int = EVERY) -> None:
        """Seal all there is, as a follower does."""
        with closing(RawLog(self.file)) as log:
            sealer = Sealer(log, SealFile(self.seals_file), self.signer, lambda: AT)
            sealer.resume()
            while sealer.seal(every):
                pass

    def sql(self, *statements: str) -> None:
        """Change the log by hand."""
        with closing(sqlite3.connect(self.file, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)

    def write_seals(self, seals: Iterable[Seal]) -> None:
        """Change the seals by hand."""
        self.seals_file.write_bytes(b"".join(encode(seal) + b"\n" for seal in seals))

    def verify(
        self, *, kept: Sequence[Seal] = (), keys: Sequence[Signer] = (), start: int = 0
    ) -> Verified:
        """Verify all of it, as `seti verify` does."""
        log = RawLog(self.file)
        known = {signer.name: signer.public for signer in keys or [self.signer]}
        said = Verified()
        seals: Iterable[Seal] = self.seals if self.seals_file.exists() else ()
        if kept:
            seals = told_elsewhere(seals, kept, lambda: said)
        verified = verify_log(log, seals, known, after=start).end()
        verified.findings += said.findings
        log.close()
        return verified

    def first_finding(self, **given: Any) -> Finding:
        """Return what is told first."""
        return self.verify(**given).in_order()[0]
