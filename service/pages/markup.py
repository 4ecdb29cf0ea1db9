"""Markup with gaps. What is put into one is escaped on its way, unless it is markup itself."""

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template
from typing import Final


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


class Markups:
    """Markup with gaps, each named `$like_this` in *template*."""

    def __init__(self, template: str) -> None:
        self._template = Template(template)

    def __call__(self, **texts: str) -> Markup:
        """Return the markup with *texts* in its gaps."""
        safe = {
            gap: text if isinstance(text, Markup) else escape(text) for gap, text in texts.items()
        }
        return Markup(self._template.substitute(safe))


def text_of(name: str) -> str:
    """Return the text of the file *name* of this package."""
    return files(__package__).joinpath(name).read_text("utf-8")


def joined(parts: Iterable[Markup]) -> Markup:
    """Return *parts* as one."""
    return Markup("\n".join(parts))


TEST_MODE: Final = Markup('<p class="mode">Test mode</p>')
code: Final = Markups("<code>$text</code>")
_fact: Final = Markups("<dt>$term</dt>\n<dd>$told</dd>")


def facts(told: Iterable[tuple[str, str]]) -> Markup:
    """Return the terms and what is told of each, as they stand in a description list."""
    return joined(_fact(term=term, told=text) for term, text in told)
