"""
What a rebuild writes, packed as the commands of one transaction.

A generation that is being built has one writer, in the order of the log, so no version has
to be compared there: views are set many at a time, and each list gets its members at once.
The commands are packed here, as they go over the wire: a client's own packing of a million
small arguments would cost as much as folding does.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from projections.documents import NOT_DUE, Document, News
from projections.indexes import EVENTS, Index, events_of_type, news_member
from projections.keys import (
    deadline_member,
    deadlines_key,
    list_at,
    owned,
    owner_written,
    owners_key,
    view_at,
)
from projections.writing import VERSION_LENGTH
from service.config import REBUILD_BATCH
from service.domain.values import Owner


class Transaction(NamedTuple):
    """So many *commands* in *packed*, from MULTI to EXEC, each of which is answered."""

    packed: bytes
    commands: int


def transactions(
    generation: int, documents: Sequence[Document], news: Sequence[News]
) -> Iterator[Transaction]:
    """Give what tells *generation* of *documents*, one of a stream at most, and of *news*."""
    for first in range(0, max(len(documents), len(news)), REBUILD_BATCH):
        some = slice(first, first + REBUILD_BATCH)
        yield _transaction(generation, documents[some], news[some])


def _transaction(
    generation: int, documents: Iterable[Document], news: Iterable[News]
) -> Transaction:
    writing = _Writing(generation)
    for document in documents:
        writing.show(document)
    writing.list_news(news)
    return writing.transaction()


def packed(*words: bytes) -> bytes:
    """Return a command of *words* as it goes over the wire."""
    return b"*%d\r\n%b" % (len(words), b"".join(map(_word, words)))


def _word(word: bytes) -> bytes:
    return b"$%d\r\n%b\r\n" % (len(word), word)


_MULTI: Final = packed(b"MULTI")
_EXEC: Final = packed(b"EXEC")
_SADD, _ZADD, _ZREM, _MSET = map(_word, (b"SADD", b"ZADD", b"ZREM", b"MSET"))
_SCORE: Final = _word(b"0")
_VIEW: Final = b"$%d\r\n%b\r\n$%d\r\n%08x%b\r\n"


class _Writing:
    """What is to be written to *generation*, in packed words."""

    def __init__(self, generation: int) -> None:
        self._generation = generation
        self._prefixes: dict[Owner, str] = {}
        self._owners: set[Owner] = set()
        self._views: list[bytes] = []
        self._entered: dict[bytes, list[bytes]] = {}
        self._left: dict[bytes, list[bytes]] = {}

    def show(self, document: Document) -> None:
        """Set *document*'s view. It enters its lists before, and leaves others after that."""
        prefix = self._prefix(document.owner)
        member = _word(document.id.encode())
        for index in document.add:
            self._entered.setdefault(list_at(prefix, index), []).append(_SCORE + member)
        for index in document.remove:
            self._left.setdefault(list_at(prefix, index), []).append(member)
        if document.due_at is not None:
            self._wait(document, document.due_at)
        key, size = view_at(prefix, document.id), VERSION_LENGTH + len(document.body)
        # The word that `kept` would make: bodies are most of what is written, so copied once.
        self._views.append(_VIEW % (len(key), key, size, document.version, document.body))

    def _wait(self, document: Document, due_at: int) -> None:
        key = deadlines_key(self._generation)
        member = _word(deadline_member(document.owner, document.id).encode())
        if due_at == NOT_DUE:
            self._left.setdefault(key, []).append(member)
        else:
            self._entered.setdefault(key, []).append(_word(b"%d" % due_at) + member)

    def list_news(self, news: Iterable[News]) -> None:
        """List *news* among those of their owner, and among those of their type."""
        lists: dict[tuple[Owner, str], list[bytes]] = {}
        for each in news:
            member = news_member(each.at, each.position, each.event_id).encode()
            lists.setdefault((each.owner, each.type), []).append(_SCORE + _word(member))
        for (owner, type_), members in lists.items():
            self._owners.add(owner)
            self._enter(owner, EVENTS, members)
            self._enter(owner, events_of_type(type_), members)

    def transaction(self) -> Transaction:
        """Return it all in one."""
        commands = [_MULTI]
        if self._owners:
            owners = [_word(owner_written(owner).encode()) for owner in self._owners]
            commands.append(_of_key(_SADD, owners_key(self._generation), owners))
        commands += [_of_key(_ZADD, key, some, 2) for key, some in self._entered.items()]
        if self._views:
            commands += (b"*%d\r\n%b" % (1 + 2 * len(self._views), _MSET), *self._views)
        commands += [_of_key(_ZREM, key, some) for key, some in self._left.items()]
        commands.append(_EXEC)
        return Transaction(b"".join(commands), len(commands) - len(self._views))

    def _enter(self, owner: Owner, index: Index, members: list[bytes]) -> None:
        self._entered.setdefault(list_at(self._prefix(owner), index), []).extend(members)

    def _prefix(self, owner: Owner) -> str:
        prefix = self._prefixes.get(owner)
        if prefix is None:
            prefix = self._prefixes[owner] = owned(self._generation, owner)
        return prefix


def _of_key(name: bytes, key: bytes, parts: list[bytes], words: int = 1) -> bytes:
    """Return the command *name* of *key*, then of *parts* of so many *words* each."""
    head = b"*%d\r\n%b$%d\r\n%b\r\n" % (2 + words * len(parts), name, len(key), key)
    return head + (parts[0] if len(parts) == 1 else b"".join(parts))
