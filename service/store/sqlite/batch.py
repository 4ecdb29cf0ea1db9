"""
Which commands of a batch may be written, decided before anything is.

The batch holds the write lock and has read where every stream stands and which keys are
answered, so a command's refusal is certain, touches nothing, and leaves its neighbours
alone. Commands are judged in the order of their arrival, each as if those before it were
already written.
"""

from collections.abc import Sequence

from service.domain.values import Value
from service.store.beside import Beside
from service.store.codec import Row
from service.store.protocol import Answer, Append, KeyUsed, WrongExpectedVersion


class Write(Value, frozen=True):
    """
    What one command wants written: *rows* are those of *appends*, encoded.

    *beside* is what is kept beside them, where anything is.
    """

    appends: Sequence[Append]
    rows: Sequence[Row]
    answer: Answer | None
    beside: Beside | None = None


class Admission:
    """
    Says of one write after another whether it may be written.

    *heads* are the versions of all streams concerned (absent or None: there is none),
    *answers* those kept under the digests concerned.
    """

    def __init__(self, heads: dict[str, int | None], answers: dict[bytes, Answer]) -> None:
        self._heads = heads
        self._answers = answers

    def refusal(self, write: Write) -> KeyUsed | WrongExpectedVersion | None:
        """Return why *write* may not be written, or None if it may."""
        return self._key_used(write.answer) or self._race_lost(write)

    def _key_used(self, answer: Answer | None) -> KeyUsed | None:
        if answer is None:
            return None
        earlier = self._answers.get(answer.digest)
        if earlier is None or earlier.outlived(answer.at):
            return None
        return KeyUsed(earlier)

    def _race_lost(self, write: Write) -> WrongExpectedVersion | None:
        heads: dict[str, int | None] = {}
        for append in write.appends:
            head = heads.get(append.stream) or self._heads.get(append.stream) or 0
            if append.expected_version != head:
                return WrongExpectedVersion(append.stream, head, append.expected_version)
            heads[append.stream] = head + len(append.events)
        self._heads.update(heads)
        if write.answer is not None:
            self._answers[write.answer.digest] = write.answer
        return None
