"""
The commands of `seti`: each parses what was typed, calls the runtime, and prints.

Whatever an operator can mend ends as one line on stderr and exit code 2; what was looked
for and not found, or found to differ, as exit code 1. Everything heavy is imported inside
the command that needs it: `seti --help` should not wait for a web server.
"""

import sys
from typing import Annotated, Final

import typer

from service.calling import ApiRefused
from service.cli import (
    accounts,
    audit,
    backups,
    deliveries,
    endpoints,
    forgetting,
    history,
    keys,
    replay,
)
from service.cli.calling import Server, calling
from service.cli.listening import listen
from service.cli.options import DatabaseUrl, DataDir, RedisUrl, flag, settings_of
from service.cli.output import whole_output
from service.cli.triggering import trigger
from service.config import CannotStart, Settings
from service.store.protocol import StoreUnavailable

app: Final = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

ListenHost = Annotated[str | None, flag("Address to listen on.", "ADDRESS")]
ListenPort = Annotated[str | None, flag("Port to listen on; 0 takes any free one.", "PORT")]
PublicUrl = Annotated[str | None, flag("Where browsers reach the pages.", "URL")]
RetrySchedule = Annotated[str | None, flag("Waits before each attempt, 0,5,30.", "SECONDS,…")]
WebhookAllow = Annotated[str | None, flag("Private networks to deliver to.", "NETWORK,…")]
LogLevel = Annotated[str | None, flag("debug, info, warning or error.", "LEVEL")]


def serve(  # noqa: PLR0913 - each flag is a parameter to typer
    *,
    host: ListenHost = None,
    port: ListenPort = None,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    redis_url: RedisUrl = None,
    public_url: PublicUrl = None,
    retry_schedule: RetrySchedule = None,
    webhook_allow: WebhookAllow = None,
    log_level: LogLevel = None,
) -> None:
    """Serve the API, keep the views, and deliver to subscribers, until told to stop."""
    settings = Settings.read(
        flags={
            "host": host,
            "port": port,
            "data_dir": data_dir,
            "database_url": database_url,
            "redis_url": redis_url,
            "public_url": public_url,
            "retry_schedule": retry_schedule,
            "webhook_allow": webhook_allow,
            "log_level": log_level,
        }
    )
    from service import runtime

    runtime.serve(settings)


def rebuild(
    *,
    check: Annotated[bool, typer.Option("--check", help="Compare only; change nothing.")] = False,
    data_dir: DataDir = None,
    database_url: DatabaseUrl = None,
    redis_url: RedisUrl = None,
) -> None:
    """Make every view again from the log while the old ones serve, then switch."""
    settings = settings_of(data_dir, database_url, redis_url)
    from service import console, runtime

    if check:
        with console.progress("Checking") as progress:
            rebuilt = runtime.check(settings, progress)
    else:
        with runtime.builders(settings) as builders, console.progress("Rebuilding") as progress:
            try:
                rebuilt = runtime.rebuild(settings, builders, progress)
            except KeyboardInterrupt:
                sys.stderr.write("seti: interrupted; `seti rebuild` goes on from where it was.\n")
                raise typer.Exit(130) from None
    console.print_rebuilt(rebuilt, check=check)
    raise typer.Exit(1 if rebuilt.differences else 0)


@calling
def smoke(*, server: Server) -> None:
    """Exercise a running server: create, confirm, wait for the delivery, print the trail."""
    client = server.client()
    from service.smoke import SmokeFailed, run

    try:
        run(client)
    except SmokeFailed as failure:
        sys.stderr.write(f"seti: {failure}\n")
        raise typer.Exit(1) from None


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer gives it so
    if wanted:
        from importlib.metadata import version

        sys.stdout.write(f"seti {version('seti')}\n")
        raise typer.Exit


@app.callback()
def seti(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", is_eager=True, callback=_show_version),
    ] = False,
) -> None:
    """Seti: SetupIntents with a memory. Each flag is also a setting, SETI_…."""


for command in (
    serve,
    listen,
    trigger,
    history.history,
    audit.verify,
    audit.export,
    audit.seal_key,
    rebuild,
    backups.backup,
    backups.restore,
    forgetting.forget,
    smoke,
):
    app.command()(command)
app.add_typer(endpoints.app, name="endpoints")
app.add_typer(deliveries.app, name="deliveries")
app.add_typer(replay.app, name="replay")
app.add_typer(accounts.app, name="accounts")
app.add_typer(keys.app, name="keys")


def main() -> None:
    """Run the command that was typed."""
    try:
        with whole_output():
            app(prog_name="seti")
    except CannotStart as reason:
        sys.stderr.write(f"seti: {reason}\n")
        raise SystemExit(2) from None
    except StoreUnavailable as reason:
        asked = "the log" if reason.file is None else f"the log {reason.file}"
        sys.stderr.write(f"seti: {asked} does not answer: {str(reason).rstrip('.')}.\n")
        raise SystemExit(2) from None
    except ApiRefused as refusal:
        sys.stderr.write(f"seti: {refusal}\n")
        raise SystemExit(1) from None
