"""What Redis does in one step: each script says what it takes."""

from importlib.resources import files


def text_of(name: str) -> str:
    """Return the text of the script *name*."""
    return files(__name__).joinpath(f"{name}.lua").read_text()
