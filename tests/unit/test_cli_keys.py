"""Spans of time and permissions, as they are typed."""

import pytest
from typer.testing import CliRunner

from service import cli
from service.cli.keys import permissions_of
from service.cli.spans import seconds_of
from service.config import CannotStart


class TestSpan:
    @pytest.mark.parametrize(
        ("text", "seconds"), [("0", 0), ("90", 90), ("90s", 90), ("30m", 1800), ("7d", 604_800)]
    )
    def test_reads(self, text: str, seconds: int) -> None:
        """A number of seconds, or of a unit."""
        assert seconds_of(text) == seconds

    @pytest.mark.parametrize("text", ["", "soon", "-1", "1w", "1.5h", "9999999999"])
    def test_refuses_anything_else(self, text: str) -> None:
        """What is no span is refused with an example of one."""
        with pytest.raises(CannotStart, match=r"^--expires: .*24h"):
            seconds_of(text)

    def test_is_bounded_where_what_it_is_for_is(self) -> None:
        """The longest is named as it is typed, not as the API counts it."""
        assert seconds_of("1d", hours_max=24) == 86_400
        with pytest.raises(CannotStart, match=r"^--expires: expected 24h at most, not '1441m'"):
            seconds_of("1441m", hours_max=24)


class TestPermissions:
    def test_reads(self) -> None:
        """Of a resource that is named twice, the last counts."""
        allowed = ["customers:read", "events:read", "customers:write"]
        assert permissions_of(allowed) == {"customers": "write", "events": "read"}

    def test_refuses_what_has_no_level(self) -> None:
        """A resource alone says not what may be done with it."""
        with pytest.raises(CannotStart, match=r"^--allow: .*customers:read"):
            permissions_of(["customers"])


class TestHelp:
    @pytest.mark.parametrize(
        ("group", "commands"),
        [("accounts", "create list show update"), ("keys", "create list roll revoke")],
    )
    def test_lists_every_command(self, group: str, commands: str) -> None:
        """`seti keys --help` names what there is."""
        shown = CliRunner().invoke(cli.app, [group, "--help"]).output
        assert all(command in shown for command in commands.split())


class TestBareKeys:
    def test_takes_its_flags_last(self) -> None:
        """A directory that is named before the command would be passed over."""
        with pytest.raises(CannotStart, match="after the command"):
            CliRunner().invoke(cli.app, ["keys", "--data-dir", "x", "list"], catch_exceptions=False)
