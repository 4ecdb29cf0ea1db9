"""
Documents and news as the arguments of the script that keeps them.

The request, the runner and a rebuild all write through these, so all obey the same guard.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from projections.documents import Document, News
from projections.indexes import EVENTS, Index, events_of_type, news_member
from projections.keys import list_at, owned, owner_written, owners_key, view_at
from service.domain.values import Owner

VERSION_LENGTH: Final = 8
MEMBERS_MAX: Final = 1000
"""How many members a list gets at once; the script unpacks them onto Lua's stack."""

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
    for key, members in _listed(generation, news):
        keys.append(key)
        arguments += (len(members), *members)
    return keys, arguments


def _listed(generation: int, news: Iterable[News]) -> Iterator[tuple[bytes, list[str]]]:
    lists: dict[tuple[Owner, Index], list[str]] = {}
    for each in news:
        member = news_member(each.at, each.position, each.event_id)
        lists.setdefault((each.owner, EVENTS), []).append(member)
        lists.setdefault((each.owner, events_of_type(each.type)), []).append(member)
    for (owner, index), members in lists.items():
        key = list_at(owned(generation, owner), index)
        for first in range(0, len(members), MEMBERS_MAX):
            yield key, members[first : first + MEMBERS_MAX]
