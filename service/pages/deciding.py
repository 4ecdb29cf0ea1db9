"""The question whether a card is authenticated, or a means of payment authorised."""

from typing import Final

from service.pages.markup import Markup, Markups, code, facts, text_of
from service.pages.page import Page
from service.pages.problem import Problem
from service.pages.step import Step
from service.pages.wording import card_of, means_of, use_of, words_of
from service.wire.form import Branch

# What the two buttons post.
_DECISIONS: Final = {"complete": True, "fail": False}

_question: Final = Markups(text_of("deciding.html"))
_account: Final = Markups("<code>$account</code>, in test mode")


def question(step: Step) -> Page:
    """Return the page that asks, with its two buttons."""
    words = words_of(step)
    means = means_of(step.type)
    content = _question(
        sentence=words.sentence.format(
            merchant="The merchant", means=means, use=use_of(step.intent.usage)
        ),
        facts=facts(_facts(step)),
        accepts=words.accepts,
        refuses=words.refuses,
        more=Markup(),
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


def _facts(step: Step) -> list[tuple[str, str]]:
    if step.type == "card":
        means = ("Card", card_of(step.method.get("card", {})))
    else:
        means = ("Payment method", means_of(step.type))
    return [
        means,
        ("SetupIntent", code(text=step.intent.id)),
        ("Account", _account(account=step.owner.account)),
    ]
