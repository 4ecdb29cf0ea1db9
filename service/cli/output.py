"""What a command prints: all of it is written, or it is said why not."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from service.config import CannotStart

_UNWRITABLE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


@contextmanager
def whole_output() -> Iterator[None]:
    """
    Have what the block prints written. Raise `CannotStart` where a disk does not take it.

    Whoever stops to read has read enough: that ends the command, and nothing is said.
    """
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _print_no_more()
        raise SystemExit(1) from None
    except OSError as error:
        if error.filename is not None or error.errno not in _UNWRITABLE:
            raise
        _print_no_more()
        raise CannotStart(f"The output cannot be written: {error.strerror}.") from error


def _print_no_more() -> None:
    """Let go of what is not written: at its end the interpreter would try, and fail, again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
