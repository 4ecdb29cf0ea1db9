"""
Documents and news as the arguments of the script that keeps them.

The request, the runner and a rebuild all write through these, so all obey the same guard.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from projections.documents import Document, News
from projections.indexes import EVENTS, events_of_type, news_member
from projections.keys import (
    deadline_member,
    deadlines_key,
    list_at,
    owned,
    owner_written,
    owners_key,
    view_at,
)
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
    keys = [owners_key(generation), deadlines_key(generation)]
    owners = sorted({owner_written(each.owner) for each in news})
    arguments: list[Argument] = [len(owners), *owners, len(documents)]
    prefixes = {owner: owned(generation, owner) for owner in {each.owner for each in documents}}
    for document in documents:
        name, owner, due_at = document.id, document.owner, document.due_at
        add, remove = document.add, document.remove
        prefix = prefixes[owner]
        keys.append(view_at(prefix, name))
        keys += [list_at(prefix, index) for index in (*add, *remove)]
        waiting = "" if due_at is None else deadline_member(owner, name)
        arguments += (name, kept(document), len(add), len(remove), waiting)
        if due_at is not None:
            arguments.append(due_at)
    for key, members in _listed(generation, news):
        keys.append(key)
        arguments += (len(members), *members)
    return keys, arguments


def _listed(generation: int, news: Iterable[News]) -> Iterator[tuple[bytes, list[str]]]:
    of_types: defaultdict[tuple[Owner, str], list[str]] = defaultdict(list)
    for each in news:
        member = news_member(each.at, each.position, each.event_id)
        of_types[each.owner, each.type].append(member)
    of_owners: defaultdict[Owner, list[str]] = defaultdict(list)
    for (owner, _), members in of_types.items():
        of_owners[owner] += members
    lists = [(owner, events_of_type(type_), some) for (owner, type_), some in of_types.items()]
    lists += [(owner, EVENTS, some) for owner, some in of_owners.items()]
    for owner, index, members in lists:
        key = list_at(owned(generation, owner), index)
        for first in range(0, len(members), MEMBERS_MAX):
            yield key, members[first : first + MEMBERS_MAX]
