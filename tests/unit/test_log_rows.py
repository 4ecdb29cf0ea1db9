"""How the entries of the log are shown to a person."""

from typing import Any, Final

import msgspec
import pytest

from service.calling.following import Line
from service.cli.replay.rows import Rows
from tests.looking import seen

INTENT: Final = "seti_0123456789abcdefghijklmn"
CALLED: Final = {
    "address": "127.0.0.1",
    "idempotency_key": None,
    "key": "sk_test_********wxyz",
    "request": "req_0123456789abcdefghijklmn",
}
UNCALLED: Final = dict.fromkeys(CALLED)


def lines(width: int, *actors: dict[str, Any]) -> list[str]:
    """Return what a terminal of this *width* shows of an entry of each of *actors*."""

    def printing() -> None:
        rows = Rows()
        for position, actor in enumerate(actors, 9):
            entry = {"position": position, "created": 0, "topic": "SetupIntentCanceled"}
            whole = entry | {"stream": INTENT, "version": 2, "actor": actor}
            rows(Line("log_entry", position, text=msgspec.json.encode(whole)))

    return seen(printing, width)


class TestRows:
    def test_stand_below_one_head(self) -> None:
        """A terminal that is wide enough shows a row for each entry, and names columns once."""
        head, *rows = lines(170, CALLED, UNCALLED)
        assert head.split() == ["position", "time", "event", "object", "version", "actor"]
        assert [row.index(INTENT) for row in rows] == [head.index("object")] * 2
        assert rows[0].endswith("req_0123456789abcdefghijklmn sk_test_********wxyz 127.0.0.1")
        assert rows[1].endswith("2       seti")

    @pytest.mark.parametrize("width", [60, 80, 160])
    def test_are_lists_where_there_is_no_room(self, width: int) -> None:
        """No line is wider than the terminal; each entry is a list, whole, without a head."""
        shown = lines(width, CALLED, UNCALLED)
        assert max(map(len, shown)) <= width
        assert shown[:5] == [
            "position  9",
            "time      1970-01-01T00:00:00Z",
            "event     SetupIntentCanceled",
            f"object    {INTENT}",
            "version   2",
        ]
        assert shown[5].startswith("actor     req_0123456789abcdefghijklmn sk_test_*")
        assert shown[-2:] == ["actor     seti", ""]
