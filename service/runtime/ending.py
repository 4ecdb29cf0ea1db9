"""How a command ends that was told to, half-way through something long."""

import signal


def end_as_by_ctrl_c() -> None:
    """
    Let SIGTERM do what Ctrl-C does: what is under way is tidied up, and nothing left behind.

    That is whatever Ctrl-C does at the time: an event loop takes it as the end of what it
    runs, and goes on for as long as that takes, where an exception would come from anywhere.
    """
    signal.signal(signal.SIGTERM, lambda _number, _frame: signal.raise_signal(signal.SIGINT))
