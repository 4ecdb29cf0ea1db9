"""A caller's book: what was asked under which key, and what was answered, if anything."""

import http.client
from dataclasses import dataclass, field
from typing import Any, Final

from tests.e2e.client import Answer, Api

GONE: Final = (OSError, http.client.HTTPException)


@dataclass(slots=True)
class Entry:
    """One request. *answer* is None where the server was gone before it answered."""

    key: str
    path: str
    form: dict[str, Any]
    answer: Answer | None = None

    def ask(self, api: Api) -> Answer:
        """Ask, or ask again, under the same key."""
        return api.post(self.path, self.form, Idempotency_Key=self.key)


@dataclass(slots=True)
class Book:
    """The entries of one caller, in the order in which it asked."""

    name: str
    entries: list[Entry] = field(default_factory=list)

    def ask(self, api: Api, path: str, form: dict[str, Any]) -> Answer | None:
        """Ask for something new, write it down, and return the answer, or None for none."""
        entry = Entry(f"{self.name} {len(self.entries)}", path, form)
        self.entries.append(entry)
        try:
            entry.answer = entry.ask(api)
        except GONE:
            return None
        return entry.answer
