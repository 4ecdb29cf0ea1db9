"""How a command ends that was told to, half-way through something long."""

import signal


def end_as_by_ctrl_c() -> None:
    """Let SIGTERM do what Ctrl-C does: what is under way is tidied up, and nothing left behind."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
