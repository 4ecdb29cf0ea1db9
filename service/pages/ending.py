"""What came of an attempt, told to its customer and to the merchant's address."""

from typing import Final

from service.pages.house import Pages
from service.pages.page import Page, notice
from service.pages.returning import return_address
from service.pages.step import Ending, Step
from service.pages.wording import told

# What the merchant's address is told of each ending: one of three words.
_STATUSES: Final = {Ending.SUCCEEDED: "succeeded", Ending.PENDING: "pending"}


def over(pages: Pages, step: Step, at: int, status: int) -> Page:
    """Return the page that tells what came of *step*, with the way back if there is one."""
    title, sentence = told(step, step.ending(at))
    back = way_back(pages, step, at)
    sentence += "" if back else " You may close this window."
    return notice(status, title, sentence, back)


def way_back(pages: Pages, step: Step, at: int) -> str | None:
    """Return the way back, once there is an outcome to tell and if there is a way."""
    ending, return_url = step.ending(at), step.attempt.return_url
    if return_url is None or ending is None:
        return None
    return return_address(
        return_url,
        setup_intent=step.intent.id,
        setup_intent_client_secret=pages.keyring.client_secret(step.intent.id),
        redirect_status=_STATUSES.get(ending, "failed"),
    )
