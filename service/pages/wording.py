"""What a customer is told of a step, in words that need no knowledge of Stripe's."""

from collections.abc import Mapping
from typing import Final

from service.domain.values import Value
from service.pages.naming import means_of
from service.pages.step import Ending, Step


class Words(Value, frozen=True, kw_only=True):
    """
    How one kind of step speaks: the title that asks, what is asked, and the titles of ends.

    *sentence* is `str.format`ed with the *merchant*, the *means* of payment and its *use*.
    """

    asks: str
    sentence: str
    accepts: str = "Authorise"
    refuses: str = "Refuse"
    succeeded: str = "Authorised"
    failed: str = "Not authorised"


_AUTHENTICATION: Final = Words(
    asks="Authenticate your card",
    sentence=(
        "No bank is asked, and no card is charged. Decide what becomes of this authentication."
    ),
    accepts="Complete",
    refuses="Fail",
    succeeded="Authentication complete",
    failed="Authentication over",
)
_AUTHORISATION: Final = Words(
    asks="Set up {means}",
    sentence=(
        "{merchant} asks for your permission to use {means} {use}. In test mode nobody else "
        "is asked and nothing is charged: you decide what becomes of it."
    ),
)
_VERIFICATION: Final = Words(
    asks="Verify your bank account",
    sentence="",
    succeeded="Account verified",
    failed="Account not verified",
)


def words_of(step: Step) -> Words:
    """Return how the kind of *step* speaks."""
    if step.verifies:
        return _VERIFICATION
    return _AUTHENTICATION if step.type == "card" else _AUTHORISATION


_ENDED: Final[Mapping[Ending, tuple[str, str]]] = {
    Ending.SUCCEEDED: ("", "{means} has been set up."),
    Ending.PENDING: (
        "Being set up",
        "{means} is being set up, which can take a while. The merchant is told how it ends.",
    ),
    Ending.FAILED: ("", "{means} has not been set up."),
    Ending.EXHAUSTED: ("", "All tries are used up, and {means} has not been set up."),
    Ending.EXPIRED: (
        "Too late",
        "The time for this is over, and {means} has not been set up. Begin again at the merchant.",
    ),
    Ending.CANCELED: ("Called off", "The merchant has called this off, so nothing was set up."),
    Ending.REPLACED: (
        "Replaced by another page",
        "The merchant has begun anew since this page was made. Go on with the newer page.",
    ),
}


def told(step: Step, ending: Ending | None) -> tuple[str, str]:
    """Return the title and the sentence that tell of *ending*; None: it is decided elsewhere."""
    if ending is None:
        return "Nothing to do here", "This is not decided on this page."
    words = words_of(step)
    title, sentence = _ENDED[ending]
    failed = dict.fromkeys((Ending.FAILED, Ending.EXHAUSTED), words.failed)
    titles = {Ending.SUCCEEDED: words.succeeded, **failed}
    text = sentence.format(means=means_of(step.type))
    # Not every name may begin with a capital: iDEAL's does not.
    begins = text.startswith(("the ", "your "))
    return titles.get(ending, title), text[0].upper() + text[1:] if begins else text
