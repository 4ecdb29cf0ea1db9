"""
Documents and news as the arguments of the script that keeps them.

The request, the runner and a rebuild all write through these, so all obey the same guard.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from projections.documents import Document, News
from projections.indexes import EVENTS, events_of_type, news_member
from projections.keys import list_at, owned, owner_written, owners_key, view_at

VERSION_LENGTH: Final = 8

Argument = bytes | str | int


def kept(document: Document) -> bytes:
    """Return *document* as it is kept: its version in hexadecimal, then its body."""
    return b"%08x%b" % (document.version, document.body)


def script_arguments(
    generation: int, documents: Sequence[Document], news: Sequence[News]
) -> tuple[list[bytes], list[Argument]]:
    """Return the keys and arguments that tell *generation* of *documents* and *news*."""
    keys = [owners_key(generation)]
    owners = sorted({owner_written(each.owner) for each in news})
    arguments: list[Argument] = [len(owners), *owners, len(documents)]
    for document in documents:
        prefix = owned(generation, document.owner)
        keys.append(view_at(prefix, document.id))
        keys += [list_at(prefix, index) for index in document.add]
        keys += [list_at(prefix, index) for index in document.remove]
        arguments += (document.id, kept(document), len(document.add), len(document.remove))
    keys.extend(_lists(generation, news))
    arguments.extend(news_member(each.at, each.position, each.event_id) for each in news)
    return keys, arguments


def _lists(generation: int, news: Iterable[News]) -> Iterator[bytes]:
    for each in news:
        prefix = owned(generation, each.owner)
        yield list_at(prefix, EVENTS)
        yield list_at(prefix, events_of_type(each.type))
