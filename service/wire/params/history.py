"""What looks into the past takes."""

from service.wire.hashes import Text
from service.wire.params.lists import Expandable, ListParams


class AsOfParams(Expandable, frozen=True, kw_only=True):
    """
    *at* is a moment: Unix seconds, a time with its offset (`2026-01-31T12:00:00Z`), or a
    version (`v7`).
    """

    at: Text


class HistoryParams(ListParams, frozen=True, kw_only=True):
    """The cursors are ids of entries."""
