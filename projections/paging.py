"""Stretches of lists: how a page is asked for, and how several lists become one."""

from dataclasses import dataclass

from projections.indexes import Index


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """
    Which stretch of a list is wanted: at most *limit* members.

    *after* and *before* are cursors, members of the list or not: *after* gives what is
    older, *before* what is just newer. *since* (inclusive) and *until* (exclusive) bound the
    instants of making, in Unix seconds.
    """

    limit: int
    after: str | None = None
    before: str | None = None
    since: int | None = None
    until: int | None = None

    def stretch(self, index: Index) -> tuple[str, str, str, int]:
        """Return the stretch as the page script takes it."""
        low = "-" if self.since is None else f"[{index.bound(self.since)}"
        high = "+" if self.until is None else f"({index.bound(self.until)}"
        if self.before is not None:
            bounds = [f"({_text(self.before)}", low]
            return max(bounds, key=lambda bound: bound[1:]), high, "0", self.limit
        if self.after is not None:
            bounds = [f"({_text(self.after)}", high]
            high = min(bounds, key=lambda bound: (bound == "+", bound[1:]))
        return high, low, "1", self.limit


def _text(cursor: str) -> str:
    """Return *cursor*, which may be any text at all, as one that can be sent."""
    return cursor.encode(errors="backslashreplace").decode()


def merged(lists: list[list[bytes]], cut: Cut) -> list[str]:
    """Return one page of several lists, each of which is cut already."""
    walks_back = cut.before is None
    members = (
        lists[0]
        if len(lists) == 1
        else sorted({member for members in lists for member in members}, reverse=walks_back)
    )
    page = [member.decode() for member in members[: cut.limit]]
    return page if walks_back else page[::-1]
