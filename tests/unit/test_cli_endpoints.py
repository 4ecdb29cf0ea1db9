"""How endpoints are typed, and how they are printed."""

from pathlib import Path
from typing import Any, Final

import pytest
from typer.testing import CliRunner

from service import cli
from service.cli.endpoints import tables
from service.cli.endpoints.forms import headers_of, types_of
from service.config import CannotStart

HEALTH: Final[dict[str, Any]] = {
    "failing_since": None,
    "failures": 0,
    "last_failure_at": None,
    "last_outcome": "delivered",
    "last_status": 200,
    "last_success_at": 1_790_000_000,
    "open": 1,
    "parked": 2,
}
ENDPOINT: Final[dict[str, Any]] = {
    "id": "we_1",
    "api_version": None,
    "application": None,
    "description": "Shop [bold]x[/bold]",
    "enabled_events": ["a.b", "c.d", "e.f", "g.h"],
    "headers": {"X-Key": "********abcd"},
    "health": HEALTH,
    "ordered": True,
    "secrets": [
        {"created": 1_790_000_000, "expires_at": None},
        {"created": 1_780_000_000, "expires_at": 1_790_086_400},
    ],
    "status": "enabled",
    "status_details": None,
    "url": "https://shop.example/hook",
}


def disabled(reason: str) -> dict[str, Any]:
    details = {"at": 1_790_000_000, "failing_since": None, "reason": reason}
    return {**ENDPOINT, "status": "disabled", "status_details": details}


class TestForms:
    def test_types_are_split(self) -> None:
        """Types come each by itself, or several with commas between."""
        assert types_of(["a.b, c.d", "*", ","]) == ["a.b", "c.d", "*"]

    def test_headers_are_read(self, tmp_path: Path) -> None:
        """A header is typed as curl takes it, or stands in a file."""
        file = tmp_path / "headers"
        file.write_text("Authorization: Bearer a:b\n\n X-B : 2 \n", encoding="utf-8")
        assert headers_of(["X-A: 1", f"@{file}"]) == {
            "X-A": "1",
            "Authorization": "Bearer a:b",
            "X-B": "2",
        }

    @pytest.mark.parametrize("text", ["X-A", "X-A:", "@/nowhere/at/all"])
    def test_what_is_no_header_is_refused(self, text: str) -> None:
        """The refusal names the flag and tells no value."""
        with pytest.raises(CannotStart, match=r"^--header: "):
            headers_of([text])


class TestTables:
    def test_a_list(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A line tells where it goes, how it fares, and of what it hears first."""
        tables.print_endpoints([ENDPOINT, disabled("gone")])
        lines = capsys.readouterr().out
        assert "https://shop.example/hook" in lines
        assert "and 1 more" in lines
        assert "2026-09-21T14:13:20Z" in lines
        assert "gone" in lines

    @pytest.mark.parametrize(
        ("shown", "status"),
        [
            (ENDPOINT, "enabled"),
            ({**ENDPOINT, "health": {**HEALTH, "failures": 3, "failing_since": 1}}, "failing"),
            (disabled("failing"), "2026-09-21T14:13:20Z: heard nothing for three days"),
            (disabled("gone"), "2026-09-21T14:13:20Z: answered that it is gone"),
            (disabled("requested"), "2026-09-21T14:13:20Z: by request"),
        ],
    )
    def test_one(
        self, capsys: pytest.CaptureFixture[str], shown: dict[str, Any], status: str
    ) -> None:
        """All that there is to one, as it is written: nothing in it is taken for markup."""
        tables.print_endpoint(shown)
        lines = capsys.readouterr().out
        assert status in lines
        for expected in ("Shop [bold]x[/bold]", "X-Key: ********abcd", "signs until", "g.h"):
            assert expected in lines

    def test_a_secret_is_alone_on_stdout(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What was made goes to stderr, so that a script can take the secret."""
        tables.print_with_secret({**ENDPOINT, "secret": "whsec_x"})
        told = capsys.readouterr()
        assert told.out == "whsec_x\n"
        assert "we_1" in told.err


def test_help_lists_every_command() -> None:
    """`seti endpoints --help` names what there is."""
    shown = CliRunner().invoke(cli.app, ["endpoints", "--help"]).output
    for command in [
        "list",
        "show",
        "create",
        "update",
        "enable",
        "disable",
        "delete",
        "roll",
        "ping",
    ]:
        assert command in shown
