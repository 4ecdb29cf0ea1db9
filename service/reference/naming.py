"""What operations are called: shortly, for tools, and in a few words, for people."""

import re
from typing import Final

from service.api.operation import OWN, Operation

# Kinds of objects with a name of their own; all others are called by their words.
_PROPER: Final = {"setup_intent": "SetupIntent"}
# What is named in a docstring: a parameter, *since*, or what is sent, `setup_intent.*`.
_MARKED: Final = re.compile(r"`([^`]+)`|\*(\w+)\*")


def room_of(operation: Operation) -> str:
    """
    Return what the operation stands together with: `setup_intents`.

    Of our own, several rooms may tell of one kind of object, whose name is in the path.
    """
    if operation.is_own:
        return operation.path.removeprefix(OWN).split("/")[1]
    return operation.handler.__module__.rpartition(".")[2]


def tag_of(operation: Operation) -> str:
    """Return what tools group the operation under: its room, apart from Stripe's if it is ours."""
    return f"seti.{room_of(operation)}" if operation.is_own else room_of(operation)


def name_of(operation: Operation) -> str:
    """Return the operation's short name: `setup_intents.confirm`, `seti.log.read`."""
    return f"{tag_of(operation)}.{operation.handler.__name__.removesuffix('_all')}"


def title_of(operation: Operation) -> str:
    """
    Say what the operation does: in its handler's own words, or as the handler's name says it.

    `setup_intents.confirm` says `Confirm a SetupIntent`.
    """
    if operation.handler.__doc__:
        return plain_text(operation.handler.__doc__).partition(". ")[0].rstrip(".")
    verb, _, what = operation.handler.__name__.partition("_")
    noun = _PROPER.get(operation.gives) or operation.gives.replace("_", " ")
    if what not in {"", "all"}:
        noun = what.replace("_", " ")
    elif operation.shape in {"list", "search"}:
        noun += "s"
    else:
        noun = f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
    return f"{verb.capitalize()} {noun}"


def plain_text(documentation: str) -> str:
    """Return a docstring as one paragraph, without its marks."""
    return " ".join(_MARKED.sub(_name, documentation).split())


def marked_text(documentation: str) -> str:
    """Return a docstring as one paragraph of Markdown, in which what is named is code."""
    return " ".join(_MARKED.sub(lambda name: f"`{_name(name)}`", documentation).split())


def _name(marked: re.Match[str]) -> str:
    return marked[1] or marked[2]
