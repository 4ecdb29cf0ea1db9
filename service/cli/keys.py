"""`seti keys`: what opens which account, as what, and until when."""

import sys
from enum import StrEnum
from typing import Annotated, Final

import typer

from service.cli.asking import ask, tell
from service.cli.options import DatabaseUrl, DataDir, Json, flag, settings_of
from service.cli.spans import seconds_of
from service.config import CannotStart
from service.operating.protocol import CreateKey, ListKeys, RevokeKey, RollKey

app: Final = typer.Typer(help="Make, list, roll and revoke API keys.")

Account = Annotated[str | None, flag("Whose; the first account's if left out.", "ACCOUNT")]
Id = Annotated[
    str,
    typer.Argument(
        metavar="KEY", help="The key's id, key_…, as `seti keys list` has it; or the key."
    ),
]


class Kind(StrEnum):
    """What a key may be."""

    SECRET = "secret"  # noqa: S105 (The name of a kind.)
    PUBLISHABLE = "publishable"
    RESTRICTED = "restricted"


@app.callback(invoke_without_command=True)
def first(
    context: typer.Context, *, data_dir: DataDir = None, database_url: DatabaseUrl = None
) -> None:
    """Without a command: print the test keys of the first account."""
    if context.invoked_subcommand is not None:
        if data_dir or database_url:
            raise CannotStart("--data-dir, --database-url: expected them after the command.")
        return
    from service import runtime

    found = runtime.keys(settings_of(data_dir, database_url))
    for variable, text in (
        ("SETI_SECRET_KEY", found.secret),
        ("SETI_PUBLISHABLE_KEY", found.publishable),
    ):
        if text is None:
            sys.stderr.write(f"seti: {variable} was ended; see `seti keys list`.\n")
        else:
            sys.stdout.write(f"{variable}={text}\n")


@app.command()
def create(  # noqa: PLR0913 - each flag is a parameter to typer
    *,
    account: Account = None,
    kind: Annotated[Kind, typer.Option(help="What it is.")] = Kind.SECRET,
    live: Annotated[bool, typer.Option("--live", help="For live mode.")] = False,
    name: Annotated[str | None, flag("What it is for.", "NAME")] = None,
    allow: Annotated[
        list[str] | None, flag("What a restricted key may do: customers:read.", "RESOURCE:LEVEL")
    ] = None,
    json: Json = False,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Make a key, and print it: this once."""
    asked = CreateKey(
        account=account,
        kind=kind.value,
        livemode=live,
        name=name,
        permissions=permissions_of(allow or []),
    )
    tell(ask(settings_of(data_dir, database_url), asked), json=json)


@app.command("list")
def list_all(
    *,
    account: Annotated[str | None, flag("Only this account's.", "ACCOUNT")] = None,
    json: Json = False,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
) -> None:
    """List keys, those that have ended too, without their texts."""
    tell(ask(settings_of(data_dir, database_url), ListKeys(account=account)), json=json)


@app.command()
def roll(
    key: Id,
    *,
    expires: Annotated[str, flag("How long the old one works on: 30m, 24h, 7d.", "SPAN")] = "0",
    json: Json = False,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Make a key like another in its place, and end that one, at once or later."""
    asked = RollKey(key=key, expires_in=seconds_of(expires))
    tell(ask(settings_of(data_dir, database_url), asked), json=json)


@app.command()
def revoke(
    key: Id, *, json: Json = False, data_dir: DataDir = None, database_url: DatabaseUrl = None
) -> None:
    """End a key at once."""
    tell(ask(settings_of(data_dir, database_url), RevokeKey(key=key)), json=json)


def permissions_of(allowed: list[str]) -> dict[str, str]:
    """Read permissions: `customers:read`."""
    permissions: dict[str, str] = {}
    for text in allowed:
        resource, colon, level = text.partition(":")
        if not colon:
            raise CannotStart(f"--allow: expected, for example, customers:read, not {text!r}.")
        permissions[resource] = level
    return permissions
