"""`python -m tests.chaos.stepped FILE serve …`: the service, under the clock of a file."""

import sys
from pathlib import Path
from unittest.mock import patch

from tests.chaos.clock import Clock


def main() -> None:
    """Run the command line after the name of the clock's file."""
    clock = Clock(Path(sys.argv.pop(1)))
    # Before the service is imported, so that no part of it has the system's clock already.
    with patch("time.time", clock.stepped()):
        from service.cli import main as seti

        seti()


if __name__ == "__main__":
    main()
