"""The form on which a customer says what the microdeposits were that a bank account received."""

from collections.abc import Iterator, Mapping
from typing import Final

from service.domain.values import Value
from service.pages.deposits import AMOUNTS, DESCRIPTOR_CODE, Filled, filled
from service.pages.markup import Markup, Markups, facts, joined, text_of
from service.pages.naming import instant, instrument_of
from service.pages.page import Page
from service.pages.scene import Scene
from service.pages.step import Step

_form: Final = Markups(text_of("verifying.html"))
_line: Final = Markups(text_of("line.html"))
_error: Final = Markups('<p class="error" id="$name">$text</p>')
_marks: Final = Markups(' aria-invalid="true" aria-describedby="$about"$focus')
_FOCUS: Final = Markup(" autofocus")
_MISMATCH: Final = "mismatch"
_UNPROCESSABLE: Final = 422


class Asks(Value, frozen=True, kw_only=True):
    """What is asked of one kind of deposits."""

    sentence: str
    legend: str
    hint: str


_ASKS: Final[Mapping[str, Asks]] = {
    AMOUNTS: Asks(
        sentence=(
            "Two small deposits were made to your bank account. Look them up in its statement, "
            "and enter the amounts of both."
        ),
        legend="The two deposits",
        hint=(
            "In test mode no money moves: 32 and 45 are right, 10 and 11 use up all tries, "
            "40 and 41 come too late."
        ),
    ),
    DESCRIPTOR_CODE: Asks(
        sentence=(
            "A deposit of one cent was made to your bank account. Look it up in its statement, "
            "and enter the six characters beside it."
        ),
        legend="The deposit of one cent",
        hint=(
            "In test mode no money moves: SM11AA is right, SM33CC uses up all tries, SM44DD "
            "comes too late."
        ),
    ),
}


def kind_of(step: Step) -> str:
    """Return what of the deposits is asked for: `amounts`, or a `descriptor_code`."""
    shown = step.asked.shown if step.asked else {}
    return str(shown.get("microdeposit_type", AMOUNTS))


def verification(step: Step, scene: Scene) -> Page:
    """Return the form. Where the deposits were named wrongly before, that is told."""
    kind = kind_of(step)
    lines = filled(kind, {})
    if step.mismatch is None:
        return _page(step, scene, lines, {})
    return _page(step, scene, lines, {each.line.name: _MISMATCH for each in lines})


def asked_again(step: Step, scene: Scene, lines: tuple[Filled, ...]) -> Page:
    """Return the form as *lines* fill it in, some of which say nothing, with why beside them."""
    wrong = {each.line.name: f"{each.line.name}-error" for each in lines if each.says is None}
    return _page(step, scene, lines, wrong)


def _page(step: Step, scene: Scene, lines: tuple[Filled, ...], wrong: Mapping[str, str]) -> Page:
    """*wrong* maps the name of a line to the id of the text that tells what is wrong with it."""
    asks = _ASKS[kind_of(step)]
    told = step.mismatch if _MISMATCH in wrong.values() else None
    content = _form(
        sentence=asks.sentence,
        facts=facts(_facts(step, scene)),
        legend=asks.legend,
        mismatch=_error(name=_MISMATCH, text=told.error["message"]) if told else Markup(),
        lines=joined(_drawn(each, wrong) for each in lines),
        hint=asks.hint,
    )
    status = _UNPROCESSABLE if wrong and not told else 200
    return Page("Verify your bank account", content, status, "'self'", warned=bool(wrong))


def _facts(step: Step, scene: Scene) -> Iterator[tuple[str, str]]:
    if scene.merchant is not None:
        yield "Merchant", scene.merchant
    yield "Bank account", instrument_of(step.type, scene.instrument)
    arrival = step.asked.shown.get("arrival_date") if step.asked else None
    if arrival is not None:
        yield "Deposited by", instant(arrival)
    if step.attempt.due_at is not None:
        yield "To be verified by", instant(step.attempt.due_at)


def _drawn(each: Filled, wrong: Mapping[str, str]) -> Markup:
    line, about = each.line, wrong.get(each.line.name)
    error, marks = Markup(), Markup()
    if about is not None:
        first = line.name == next(iter(wrong))
        marks = _marks(about=about, focus=_FOCUS if first else Markup())
        error = Markup() if about == _MISMATCH else _error(name=about, text=line.wrong)
    return _line(
        name=line.name,
        label=line.label,
        text=each.text,
        keyboard=line.keyboard,
        error=error,
        marks=marks,
    )
