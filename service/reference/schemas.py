"""
The declarations of parameters and resources, as the schemas of an OpenAPI document.

msgspec describes the types. What is left to do is to give the schemas short names, and to
put the objects in that an id may expand to, which types alone do not say.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from service.wire.resources import DELETED, RESOURCES, ObjectList, SearchResult
from service.wire.resources.shape import EXPANDS_TO

Schema = dict[str, Any]

COMPONENTS: Final = "#/components/schemas/"
# What msgspec calls a type by, where two rooms declare one of the same name.
_ROOM: Final = "service.wire."
# Whoever asks for another object that was deleted is told that there is none.
_SHOWN_WHEN_DELETED: Final = frozenset({"customer"})


class Schemas:
    """The schemas of *declared* types and of every resource, by the types."""

    def __init__(self, declared: Sequence[type[Struct]]) -> None:
        every = [*RESOURCES.values(), *DELETED.values(), *declared]
        references, components = msgspec.json.schema_components(
            every, ref_template=f"{COMPONENTS}{{name}}"
        )
        self._names = {
            one: _named(reference["$ref"]) for one, reference in zip(every, references, strict=True)
        }
        self.components: dict[str, Schema] = {
            _named(name): self._tidied(schema) for name, schema in components.items()
        }

    def of(self, declared: type[Struct]) -> Schema:
        """Return the whole schema of *declared*."""
        return self.components[self._names[declared]]

    def reference(self, declared: type[Struct]) -> Schema:
        """Return what stands for the schema of *declared*."""
        return {"$ref": f"{COMPONENTS}{self._names[declared]}"}

    def object(self, kind: str) -> Schema:
        """Return the schema of an object of *kind*."""
        return self.reference(RESOURCES[kind]) if kind in RESOURCES else {"type": "object"}

    def found(self, kind: str) -> Schema:
        """Return the schema of an object of *kind*, or of what is shown of a deleted one."""
        if kind in _SHOWN_WHEN_DELETED:
            return {"anyOf": [self.object(kind), self.deleted(kind)]}
        return self.object(kind)

    def deleted(self, kind: str) -> Schema:
        """Return the schema of what is left of a deleted object of *kind*."""
        return self.reference(DELETED[kind])

    def list_of(self, kind: str) -> Schema:
        """Return the schema of a page of objects of *kind*."""
        return self._page_of(ObjectList, kind)

    def search_of(self, kind: str) -> Schema:
        """Return the schema of a page of a search for objects of *kind*."""
        return self._page_of(SearchResult, kind)

    def _page_of(self, envelope: type[Struct], kind: str) -> Schema:
        page = self.of(envelope)
        objects = {"type": "array", "items": self.reference(RESOURCES[kind])}
        return {**page, "properties": {**page["properties"], "data": objects}}

    def _tidied(self, schema: Any) -> Any:
        if isinstance(schema, list):
            return [self._tidied(one) for one in schema]
        if not isinstance(schema, Mapping):
            return schema
        if EXPANDS_TO in schema:
            return {"anyOf": [{"type": "string"}, self.found(schema[EXPANDS_TO])]}
        return {
            key: f"{COMPONENTS}{_named(value)}" if key == "$ref" else self._tidied(value)
            for key, value in schema.items()
        }


def _named(reference: str) -> str:
    return reference.removeprefix(COMPONENTS).removeprefix(_ROOM)
