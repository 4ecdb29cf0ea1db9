"""How a page is refused to a person."""


class Problem(Exception):
    """
    The page is not shown, or what its form asks is not done.

    *title* and *sentence* are for whoever looks at the screen.
    """

    def __init__(self, status: int, title: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.title = title
        self.sentence = sentence


def not_found() -> Problem:
    """Nothing is here. It does not tell a page that is not there from one that is not yours."""
    return Problem(404, "Page not found", "There is nothing at this address.")


def wrong_method() -> Problem:
    """A page is looked at, or its form is sent. Nothing else can be done with it."""
    return Problem(405, "This cannot be done here", "A page is looked at, or its form is sent.")


def try_again() -> Problem:
    """A moment will mend it. What was asked may have been done by then, or not."""
    return Problem(503, "Try again in a moment", "Reload the page to see how it stands.")
