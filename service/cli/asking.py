"""From what was typed to what is asked of a server or a log, and the answer printed."""

import sys

import typer

from service.cli.printing import tell_json
from service.config import Settings
from service.operating.protocol import Accounts, Keys, Request, TurnedDown


def ask(settings: Settings, asked: Request) -> Accounts | Keys:
    """Return what is answered. Where it is turned down, say why and end with exit code 1."""
    from service import runtime

    answer = runtime.operate(settings, asked)
    if isinstance(answer, TurnedDown):
        sys.stderr.write(f"seti: {answer.reason}\n")
        raise typer.Exit(1)
    return answer


def tell(answer: Accounts | Keys, *, json: bool) -> None:
    """Print *answer*: as JSON if asked, else as a table, and the text of a new key by itself."""
    from service.cli import tables

    if json:
        tell_json(answer)
    elif isinstance(answer, Accounts):
        tables.print_accounts(answer)
    else:
        tables.print_keys(answer)
