"""The flags that several commands share, and how what was typed becomes settings."""

from typing import Annotated, Any

import typer

from service.config import Settings


def flag(sentence: str, metavar: str) -> Any:
    """Return an option that takes a value."""
    return typer.Option(help=sentence, metavar=metavar, show_default=False)


Host = Annotated[str | None, flag("Address that the server listens on, or its URL.", "ADDRESS")]
Port = Annotated[str | None, flag("Port that the server listens on.", "PORT")]
DataDir = Annotated[str | None, flag("Directory of everything that is kept.", "DIR")]
DatabaseUrl = Annotated[str | None, flag("The log, where not in the data directory.", "URL")]
RedisUrl = Annotated[str | None, flag("A Redis or Valkey other than the embedded one.", "URL")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def settings_of(
    data_dir: str | None, database_url: str | None, redis_url: str | None = None
) -> Settings:
    """Return the settings, these flags over the environment. Raise `BadSetting`."""
    return Settings.read(
        flags={"data_dir": data_dir, "database_url": database_url, "redis_url": redis_url}
    )
