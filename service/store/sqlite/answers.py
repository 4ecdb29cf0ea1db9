"""
The answers kept under Idempotency-Keys, and how they are found by their digests.

Digests are chance, so an index on them would dirty a page for every answer: measured, that
cost more than all the rest of an append. Therefore the newest answers are found in memory,
and a generation at a time is *settled*: entered in a table in the order of their digests,
a slice with each batch, where neighbours share a page. Each answer has a number, rising for
ever. All up to the number in `meta` are settled; those after it are read when we connect.
"""

import sqlite3
from collections.abc import Sequence
from itertools import chain
from typing import Any, Final

from service.store.protocol import Answer
from service.store.sqlite.statements import NAMED, chunks, of_many, select_answers

GENERATION: Final = 16_384
_SLICE: Final = 256


class AnswerTable:
    """
    Finds and inserts answers, in the transactions of its caller.

    What it remembers follows the disk: it changes in `connected` and `committed` alone.
    """

    def __init__(self, generation: int = GENERATION) -> None:
        self._generation = generation
        self._young: dict[bytes, int] = {}
        self._settling: dict[bytes, int] = {}
        # The digests of `_settling` that are not settled yet, the next one last.
        self._queue: list[bytes] = []
        self._inserted: dict[bytes, int] = {}

    def connected(self, connection: sqlite3.Connection) -> None:
        """Remember what is not settled, as *connection* finds it."""
        self._young = dict(connection.execute(NAMED["unsettled"]).fetchall())
        self._settling, self._queue, self._inserted = {}, [], {}

    def number(self, digest: bytes) -> int | None:
        """Return the number of the answer under *digest*, if it is remembered. On any thread."""
        return self._young.get(digest) or self._settling.get(digest)

    def find(self, cursor: sqlite3.Cursor, digests: Sequence[bytes]) -> dict[bytes, Answer]:
        """Return the answers under *digests*, as far as there are any."""
        numbers = [n for digest in digests if (n := self.number(digest)) is not None]
        others = [digest for digest in digests if self.number(digest) is None]
        found = chain(
            _select(cursor, "answers_numbered", numbers), _select(cursor, "answers_under", others)
        )
        return {answer.digest: answer for answer in found}

    def insert(self, cursor: sqlite3.Cursor, answers: Sequence[Answer]) -> None:
        """Insert *answers*, each in the place of one that it outlived."""
        for some in chunks(answers):
            rows = list(chain.from_iterable(map(_row, some)))
            cursor.execute(of_many("insert_answers", len(some)), rows)
        last = cursor.lastrowid or 0
        self._inserted = {a.digest: n for n, a in enumerate(answers, last - len(answers) + 1)}

    def settle(self, cursor: sqlite3.Cursor) -> None:
        """Settle a slice of what is not settled yet."""
        if not self._queue:
            return
        some = self._queue[-_SLICE:]
        rows = [value for digest in some for value in (digest, self._settling[digest])]
        cursor.execute(of_many("settle", len(some)), rows)
        if len(some) == len(self._queue):
            cursor.execute(NAMED["settled_up_to"], (max(self._settling.values()),))

    def committed(self) -> None:
        """Remember what the transaction did, now that it is durable."""
        self._young.update(self._inserted)
        self._inserted = {}
        del self._queue[-_SLICE:]
        if not self._queue:
            self._settling = {}
            if len(self._young) >= self._generation:
                # In this order: another thread looks in the one, then in the other.
                self._settling = self._young
                self._young = {}
                self._queue = sorted(self._settling, reverse=True)


def _select(
    cursor: sqlite3.Cursor, query: str, keys: Sequence[bytes] | Sequence[int]
) -> list[Answer]:
    return [
        Answer(*row)
        for some in chunks(keys)
        for row in cursor.execute(select_answers(query, len(some)), some).fetchall()
    ]


def _row(answer: Answer) -> tuple[Any, ...]:
    return (
        answer.digest,
        answer.fingerprint,
        answer.request,
        answer.status,
        answer.body,
        answer.at,
    )
