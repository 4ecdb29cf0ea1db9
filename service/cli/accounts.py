"""`seti accounts`: who there is, and which platform may act for whom."""

from typing import Annotated, Final

import typer

from service.cli.asking import ask, tell
from service.cli.options import DatabaseUrl, DataDir, Json, flag, settings_of
from service.config import CannotStart
from service.operating.protocol import CreateAccount, ListAccounts, UpdateAccount

app: Final = typer.Typer(no_args_is_help=True, help="Make, list and change accounts.")

Id = Annotated[str, typer.Argument(metavar="ACCOUNT", help="acct_…")]
Name = Annotated[str | None, flag("What the business is called.", "NAME")]
Email = Annotated[str | None, flag("Where the business is written to.", "ADDRESS")]
Country = Annotated[str | None, flag("Where the business is, in two letters.", "COUNTRY")]
Platform = Annotated[str | None, flag("The account that may act for this one.", "ACCOUNT")]
Version = Annotated[str | None, flag("The API version, where a call names none.", "VERSION")]


@app.command()
def create(  # noqa: PLR0913 - each flag is a parameter to typer
    *,
    name: Name = None,
    email: Email = None,
    country: Country = None,
    platform: Platform = None,
    api_version: Version = None,
    json: Json = False,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Make an account, connected to a platform if one is named."""
    asked = CreateAccount(
        name=name,
        email=email,
        country=country or "US",
        platform=platform,
        api_version=api_version,
    )
    tell(ask(settings_of(data_dir, database_url), asked), json=json)


@app.command("list")
def list_all(
    *, json: Json = False, data_dir: DataDir = None, database_url: DatabaseUrl = None
) -> None:
    """List all accounts, the oldest first."""
    tell(ask(settings_of(data_dir, database_url), ListAccounts()), json=json)


@app.command()
def show(
    account: Id, *, json: Json = False, data_dir: DataDir = None, database_url: DatabaseUrl = None
) -> None:
    """Show one account."""
    tell(ask(settings_of(data_dir, database_url), ListAccounts(account=account)), json=json)


@app.command()
def update(  # noqa: PLR0913 - each flag is a parameter to typer
    account: Id,
    *,
    name: Name = None,
    email: Email = None,
    country: Country = None,
    platform: Platform = None,
    disconnect: Annotated[bool, typer.Option("--disconnect", help="Take the platform away.")] = (
        False
    ),
    api_version: Version = None,
    json: Json = False,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Change what is named, or take it away where it is empty; all else stays as it is."""
    if disconnect and platform is not None:
        raise CannotStart("--disconnect: expected it without --platform.")
    given = {
        "name": name,
        "email": email,
        "country": country,
        "platform": platform,
        "api_version": api_version,
    }
    changes: dict[str, str | None] = {
        attribute: value or None for attribute, value in given.items() if value is not None
    }
    if disconnect:
        changes |= {"platform": None}
    asked = UpdateAccount(account=account, changes=changes)
    tell(ask(settings_of(data_dir, database_url), asked), json=json)
