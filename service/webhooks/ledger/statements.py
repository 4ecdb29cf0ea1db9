"""The SQL of the ledger: its schema, what led to that, and the named queries."""

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Final


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _named(text: str) -> Mapping[str, str]:
    parts = re.split(r"^-- :(\w+)\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))


SCHEMA: Final = _text("schema.sql")
NAMED: Final = _named(_text("queries.sql"))
# What leads from each version of the schema to the next one, from the first on.
MIGRATIONS: Final = tuple(_named(_text("migrations.sql")).values())
