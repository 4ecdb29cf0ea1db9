"""
What a developer would have otherwise of what a recipe makes: `setup_intent:metadata[order]=1`.

A parameter goes to the last step that is about its object and takes it: the metadata of a
SetupIntent that is to be canceled to its creation, and the `cancellation_reason` to its end.
All of it is read here as the API reads it, so that what cannot be is told before anything
is made.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import quote_plus

from service.calling.form import encoded
from service.triggering.recipes import Step
from service.wire.bad_param import BadParam, shown
from service.wire.declarations import hash_reader, read_params
from service.wire.form import Branch, Node, parse_form


class Choices(NamedTuple):
    """Parameters to send, `OBJECT:NAME=VALUE`, and parameters not to send, `OBJECT:NAME`."""

    override: Sequence[str] = ()
    remove: Sequence[str] = ()


NO_CHOICES: Final = Choices()


class BadChoice(Exception):
    """What is chosen cannot be. The message begins with the flag, or with the object."""


class _Flag(NamedTuple):
    """A flag as it is *written*, what it *expects*, and how it *changes* a form by another."""

    name: str
    expects: str
    written: re.Pattern[str]
    changes: Callable[[Branch, Branch], None]


def chosen(recipe: Sequence[Step], choices: Choices) -> Sequence[Step]:
    """Return the steps of *recipe* with what was chosen. Raise `BadChoice`."""
    steps = list(recipe)
    for flag, asked in ((_REMOVE, choices.remove), (_OVERRIDE, choices.override)):
        for at, pairs in _by_step(steps, flag, asked).items():
            try:
                steps[at] = _changed(steps[at], flag, pairs)
            except BadParam as reason:
                raise BadChoice(f"{flag.name}: {reason.message}") from reason
    for step in steps:
        _check(step)
    return steps


def _check(step: Step) -> None:
    try:
        if step.takes is not None:
            read_params(step.takes, parse_form(encoded(step.form).encode()))
    except BadParam as reason:
        raise BadChoice(f"{step.object}: {reason.message}") from reason


def _by_step(steps: Sequence[Step], flag: _Flag, asked: Iterable[str]) -> dict[int, list[str]]:
    """Return what is *asked*, as the parts of a form, by the number of the step it is for."""
    pairs = defaultdict(list)
    for text in asked:
        found = flag.written.fullmatch(text)
        if found is None:
            raise BadChoice(f"{flag.name}: expected {flag.expects}, not '{shown(text)}'.")
        kind, name, value = found.groups()
        # What came as bytes that are no text is refused as the API refuses it.
        pair = "=".join(quote_plus(part, errors="surrogateescape") for part in (name, value))
        pairs[_place(steps, flag, kind, name)].append(pair)
    return pairs


def _place(steps: Sequence[Step], flag: _Flag, kind: str, name: str) -> int:
    """Return the number of the last of *steps* that takes the parameter *name* of a *kind*."""
    takes = {
        at: hash_reader(step.takes).fields.keys()
        for at, step in enumerate(steps)
        if step.takes is not None and step.object == kind
    }
    places = [at for at, names in takes.items() if name.partition("[")[0] in names]
    if places:
        return places[-1]
    known = " or ".join(sorted({step.object for step in steps if step.takes is not None}))
    raise BadChoice(
        f"{flag.name}: expected a parameter of {known}, which is what is made or changed here, not "
        f"'{shown(f'{kind}:{name}')}'."
    )


def _changed(step: Step, flag: _Flag, pairs: Sequence[str]) -> Step:
    """Return *step* as *flag* changes it by the parameters in *pairs*. Raise `BadParam`."""
    form = parse_form(encoded(step.form).encode())
    flag.changes(form, parse_form("&".join(pairs).encode()))
    return step._replace(form=_sent(form))


def _merge(form: Branch, given: Branch) -> None:
    for name, node in given.items():
        there = form.get(name)
        if isinstance(node, dict) and isinstance(there, dict) and "" not in node | there:
            _merge(there, node)
        else:
            form[name] = node


def _remove(form: Branch, given: Branch) -> None:
    for name, node in given.items():
        there = form.get(name)
        if there is None:
            raise BadParam(f"'{shown(name)}' is not among what is sent.")
        if isinstance(node, dict) and isinstance(there, dict):
            _remove(there, node)
        if not isinstance(node, dict) or not there:
            del form[name]


def _sent(node: Node) -> Any:
    """Return *node* as a form is given to a client: what `name[]` has collected is a list."""
    if not isinstance(node, dict):
        return node
    if "" in node:
        return [_sent(each) for each in node[""]]
    return {name: _sent(below) for name, below in node.items()}


_OVERRIDE: Final = _Flag(
    "--override", "OBJECT:NAME=VALUE", re.compile(r"([a-z_]+):([^=]+)=(.*)", re.DOTALL), _merge
)
_REMOVE: Final = _Flag("--remove", "OBJECT:NAME", re.compile(r"([a-z_]+):([^=]+)()"), _remove)
