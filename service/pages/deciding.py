"""The question whether a card is authenticated, or a means of payment authorised."""

from collections.abc import Iterator
from typing import Final

from service.pages.markup import Markup, Markups, code, facts, text_of
from service.pages.naming import instant, instrument_of, means_of, use_of
from service.pages.page import Page
from service.pages.problem import Problem
from service.pages.qr_code import drawn
from service.pages.scene import Scene
from service.pages.step import Step
from service.pages.wording import words_of
from service.wire.form import Branch

# What the two buttons post.
_DECISIONS: Final = {"complete": True, "fail": False}

_QR_ACTIONS: Final = frozenset(
    {
        "cashapp_handle_redirect_or_display_qr_code",
        "pix_display_qr_code",
        "upi_handle_redirect_or_display_qr_code",
    }
)

_question: Final = Markups(text_of("deciding.html"))
_scanning: Final = Markups(text_of("scanning.html"))
_account: Final = Markups("<code>$account</code>, in test mode")


async def question(step: Step, scene: Scene, address: str) -> Page:
    """Return the page that asks, with its two buttons. *address* is the page's own."""
    words = words_of(step)
    means = means_of(step.type)
    content = _question(
        sentence=words.sentence.format(
            merchant=scene.merchant or "The merchant", means=means, use=use_of(step.intent.usage)
        ),
        facts=facts(_facts(step, scene)),
        accepts=words.accepts,
        refuses=words.refuses,
        more=_scanning(code=await drawn(address)) if _is_scanned(step) else Markup(),
    )
    # A browser holds the redirects that follow a form against `form-action`, and nobody
    # knows where the merchant's address redirects to in its turn.
    leads_away = step.attempt.return_url is not None
    form_action = None if leads_away else "'self'"
    return Page(words.asks.format(means=means), content, form_action=form_action)


def decision(form: Branch) -> bool:
    """Return whether *form* says yes. Raise `Problem` where it says neither."""
    decided = _DECISIONS.get(str(form.get("result")))
    if decided is None:
        raise Problem(400, "Nothing was decided", "The form says neither complete nor fail.")
    return decided


def _is_scanned(step: Step) -> bool:
    return step.attempt.action in _QR_ACTIONS


def _facts(step: Step, scene: Scene) -> Iterator[tuple[str, str]]:
    if step.type == "card" and scene.merchant is not None:
        yield "Merchant", scene.merchant
    term = "Card" if step.type == "card" else "Payment method"
    yield term, instrument_of(step.type, scene.instrument)
    if step.attempt.due_at is not None:
        yield "To be decided by", instant(step.attempt.due_at)
    if step.asked is not None and "data" in step.asked.shown:
        yield "Code to copy", code(text=step.asked.shown["data"])
    yield "SetupIntent", code(text=step.intent.id)
    yield "Account", _account(account=step.owner.account)
