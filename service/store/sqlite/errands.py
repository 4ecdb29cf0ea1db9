"""What is done on the connection that writes between two transactions of commands."""

from collections.abc import Sequence
from typing import Final

from service.store.protocol import ANSWERS_KEPT_S
from service.store.sqlite.recorder import BatchRecorder
from service.store.sqlite.statements import NAMED

_LAST_BYTE: Final = 255
_PAST_DIGESTS: Final = bytes([_LAST_BYTE]) * 17
_PAST_NUMBERS: Final = 2**63 - 1
# No command is written meanwhile.
_SCRUB_WAIT_S: Final = 0.05


def purge_answers(recorder: BatchRecorder, before_at: int, limit: int) -> int:
    """Delete at most *limit* answers from before *before_at*; return how many."""
    return recorder.writing.execute(NAMED["purge_answers"], (before_at, limit)).rowcount


def sweep_settled(recorder: BatchRecorder, first: int) -> int:
    """Forget where purged answers were whose digests begin with *first*; return how many."""
    bounds = (bytes([first]), bytes([first + 1]) if first < _LAST_BYTE else _PAST_DIGESTS)
    return recorder.writing.execute(NAMED["sweep_settled"], (*bounds, _PAST_NUMBERS)).rowcount


def wipe_answers(recorder: BatchRecorder, numbers: Sequence[int]) -> int:
    """Overwrite the answers with *numbers*, and let them be outlived; return how many."""
    rows = [(2 * ANSWERS_KEPT_S, number) for number in numbers]
    return recorder.writing.executemany(NAMED["wipe_answer"], rows).rowcount


def scrub(recorder: BatchRecorder) -> int:
    """Move the write-ahead log to the database and empty it; 0 if a reader is in the way."""
    with recorder.patience(_SCRUB_WAIT_S):
        (is_busy, *_) = recorder.writing.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return 0 if is_busy else 1
