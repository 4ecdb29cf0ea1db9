"""Accounts and keys as a person reads them. The text of a new key goes to stdout alone."""

import sys
from collections.abc import Mapping

from rich.table import Table

from service.console import print_table, rfc3339
from service.operating.protocol import Accounts, KeyRow, Keys


def print_accounts(answer: Accounts) -> None:
    table = Table("id", "name", "e-mail", "country", "platform", "API version", "created")
    for row in answer.accounts:
        table.add_row(
            row.id,
            row.name,
            row.email,
            f"{row.country} ({row.default_currency})",
            row.platform,
            row.api_version,
            rfc3339(row.created),
        )
    print_table(table)


def print_keys(answer: Keys) -> None:
    """Print the keys; of one that was just made the text, where a script can take it."""
    made = next((row for row in answer.keys if row.text is not None), None)
    if made is None:
        print_table(keys_table(answer))
        return
    print_table(keys_table(answer), stderr=True)
    sys.stderr.write("The new key is shown this once, and kept nowhere:\n")
    sys.stderr.flush()
    sys.stdout.write(f"{made.text}\n")


def keys_table(answer: Keys) -> Table:
    """Return *answer* as a table, a row for each key."""
    table = Table("id", "account", "key", "name", "permissions", "created", "until")
    for row in answer.keys:
        table.add_row(
            row.id,
            row.account,
            row.masked,
            row.name,
            _permissions(row.permissions),
            rfc3339(row.created),
            _until(row),
        )
    return table


def _permissions(permissions: Mapping[str, str]) -> str:
    return "\n".join(f"{resource}:{level}" for resource, level in sorted(permissions.items()))


def _until(row: KeyRow) -> str | None:
    return None if row.expires_at is None else rfc3339(row.expires_at)
