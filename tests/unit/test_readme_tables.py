"""The README's tables of what is there, against the declarations."""

from service.reference.table import BEGIN, END, written_into
from tests.e2e.shell import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def test_tables_are_up_to_date() -> None:
    """What the README says is there, and refused, is what the declarations say: `make readme`."""
    assert BEGIN in README
    assert END in README
    assert written_into(README) == README
