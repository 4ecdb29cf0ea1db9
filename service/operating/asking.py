"""The side of whoever asks."""

import socket
from pathlib import Path
from typing import Final

import msgspec

from service.config import CannotStart
from service.operating.protocol import Answer, Request

_ANSWER_WITHIN_S: Final = 30.0
_READ_BYTES: Final = 65536

_decoder: Final = msgspec.json.Decoder(Answer)


def ask(path: Path, request: Request) -> Answer | None:
    """
    Return what the server at the socket *path* answers; None where there is no server.

    Raise `CannotStart` where there is one that does not answer, or not to us.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        asking.settimeout(_ANSWER_WITHIN_S)
        try:
            asking.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        except OSError as error:
            raise CannotStart(f"The server's socket {path}: {error.strerror}.") from error
        try:
            asking.sendall(msgspec.json.encode(request) + b"\n")
            answer: Answer = _decoder.decode(b"".join(iter(lambda: asking.recv(_READ_BYTES), b"")))
        except (OSError, msgspec.DecodeError) as error:
            raise CannotStart(f"The server at {path} does not answer: {error}.") from error
    return answer
