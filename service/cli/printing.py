"""What a command answers with to whoever reads its stdout by another program."""

import sys


def tell_json(shown: object) -> None:
    """Print one JSON object, on one line."""
    import msgspec

    sys.stdout.write(msgspec.json.encode(shown).decode() + "\n")
