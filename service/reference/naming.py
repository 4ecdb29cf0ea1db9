"""What operations are called: shortly, for tools, and in a few words, for people."""

from service.api.operation import OWN, Operation


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

    `setup_intents.confirm` says `Confirm a setup intent`.
    """
    if operation.handler.__doc__:
        return plain_text(operation.handler.__doc__).partition(". ")[0].rstrip(".")
    verb, _, what = operation.handler.__name__.partition("_")
    noun = operation.gives.replace("_", " ")
    if what not in {"", "all"}:
        noun = what.replace("_", " ")
    elif operation.shape in {"list", "search"}:
        noun += "s"
    else:
        noun = f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
    return f"{verb.capitalize()} {noun}"


def plain_text(documentation: str) -> str:
    """Return a docstring as one paragraph, without its marks."""
    return " ".join(documentation.replace("*", "").replace("`", "").split())
