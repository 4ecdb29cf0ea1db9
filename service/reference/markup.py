"""HTML as a tree, so that whatever is put into it is escaped where it is written out."""

from collections.abc import Iterable
from typing import TypeAlias
from xml.etree.ElementTree import Element, tostring

Inside: TypeAlias = "str | Element | Iterable[Inside]"


def tag(name: str, /, *inside: Inside, **attributes: str) -> Element:
    """
    Return the element *name* with texts and elements in it; lists of them are laid flat.

    An attribute that is a word of Python's ends with an underscore, `class_`; a hyphen is
    an underscore, `aria_label`.
    """
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    made = Element(name, named)
    for one in inside:
        _put(made, one)
    return made


def written(page: Element) -> bytes:
    """Return *page* as it is sent."""
    return b"<!DOCTYPE html>\n" + bytes(tostring(page, encoding="utf-8", method="html"))


def _put(into: Element, one: Inside) -> None:
    if isinstance(one, Element):
        into.append(one)
    elif not isinstance(one, str):
        for each in one:
            _put(into, each)
    elif len(into):
        into[-1].tail = (into[-1].tail or "") + one
    else:
        into.text = (into.text or "") + one
