"""What the commands print."""

import pytest
from rich.table import Table
from rich.text import Text

from service.console import print_table, rfc3339
from tests.looking import seen

KEY = "key_0123456789abcdef"
ACCOUNT = "acct_0123456789abcdefghijkl"


def keys() -> Table:
    table = Table("id", "account", "answered")
    table.add_row(
        KEY, Text(ACCOUNT, overflow="fold"), Text("no" * 99, overflow="ellipsis", no_wrap=True)
    )
    table.add_row(KEY, "", None)
    return table


def test_times_are_in_utc() -> None:
    """An instant is written in UTC, to the second."""
    assert rfc3339(0) == "1970-01-01T00:00:00Z"


class TestTables:
    def test_are_drawn_where_there_is_room(self) -> None:
        """A terminal that is wide enough shows a table, and cuts only what may be cut."""
        _, head, _, row, *_ = seen(lambda: print_table(keys()), 80)
        assert head.startswith("┃ id ")
        assert KEY in row
        assert ACCOUNT in row
        assert "no…" in row

    def test_are_lists_where_there_is_none(self) -> None:
        """In a narrow terminal each row is a list of what it has, whole, and of nothing else."""
        first, second, third, *rest = seen(lambda: print_table(keys()), 50)
        assert [first, second] == [f"id        {KEY}", f"account   {ACCOUNT}"]
        assert third.startswith("answered  nono")
        assert rest == ["", f"id        {KEY}", ""]

    def test_are_plain_where_piped(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What another program reads has columns, no lines, and a row in one line."""
        print_table(keys())
        head, first, second = (line.split() for line in capsys.readouterr().out.splitlines())
        assert head == ["id", "account", "answered"]
        assert first[:2] == [KEY, ACCOUNT]
        assert second == [KEY]
