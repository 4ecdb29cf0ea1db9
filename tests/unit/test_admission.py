from service.domain.values import SYSTEM
from service.store.codec import Codec
from service.store.protocol import Answer, Append, KeyUsed, WrongExpectedVersion
from service.store.sqlite.batch import Admission, Write
from tests.logs import ANSWER, AT, DAY_S, after, answer


def write(*appends: Append, under: Answer | None = None) -> Write:
    return Write(appends, Codec().stored(appends, SYSTEM).rows, under)


def refused(admission: Admission, *appends: Append, under: Answer | None = None) -> bool:
    return admission.refusal(write(*appends, under=under)) is not None


class TestVersions:
    def test_must_follow_the_stream(self) -> None:
        """A version that is behind has lost a race; one that is ahead would leave a hole."""
        for version, is_refused in ((2, True), (3, False), (4, True)):
            assert refused(Admission({"cus_1": 3}, {}), after(version, "cus_1")) is is_refused

    def test_begin_at_nothing(self) -> None:
        """A stream that is not there stands at 0."""
        assert not refused(Admission({"cus_1": None}, {}), after(0, "cus_1"))
        assert refused(Admission({}, {}), after(1, "cus_1"))

    def test_move_with_what_was_admitted(self) -> None:
        """Of two commands for one version, the first to come wins."""
        admission = Admission({"cus_1": 3}, {})
        assert not refused(admission, after(3, "cus_1", events=2))
        assert refused(admission, after(3, "cus_1"))
        assert not refused(admission, after(5, "cus_1"))

    def test_stay_where_a_command_was_refused(self) -> None:
        """A command that may not write one of its streams moves none of them."""
        admission = Admission({"cus_1": 1, "pm_1": 1}, {})
        assert refused(admission, after(1, "cus_1"), after(7, "pm_1"))
        assert not refused(admission, after(1, "cus_1"), after(1, "pm_1"))

    def test_move_inside_a_command(self) -> None:
        """One command may append to one stream twice, in order."""
        assert not refused(Admission({}, {}), after(0, "cus_1"), after(1, "cus_1"))
        assert refused(Admission({}, {}), after(0, "cus_1"), after(0, "cus_1"))

    def test_are_told(self) -> None:
        """The refusal says where the stream stands."""
        refusal = Admission({"cus_1": 3}, {}).refusal(write(after(2, "cus_1")))
        assert isinstance(refusal, WrongExpectedVersion)
        assert (refusal.stream, str(refusal)) == ("cus_1", "cus_1 is at 3, not 2")


class TestKeys:
    def test_are_used_once(self) -> None:
        """A key that was answered gives its answer, even where the versions are wrong too."""
        admission = Admission({"cus_1": 3}, {ANSWER.digest: ANSWER})
        refusal = admission.refusal(write(after(0, "cus_1"), under=answer(request="req_2")))
        assert isinstance(refusal, KeyUsed)
        assert refusal.answer == ANSWER

    def test_are_used_by_a_neighbour(self) -> None:
        """Of two commands under one key, the second gets the first one's answer."""
        admission = Admission({}, {})
        assert not refused(admission, after(0, "cus_1"), under=ANSWER)
        refusal = admission.refusal(write(after(0, "cus_2"), under=answer(request="req_2")))
        assert isinstance(refusal, KeyUsed)
        assert refusal.answer == ANSWER

    def test_are_not_used_by_a_refused_neighbour(self) -> None:
        """A command that is not written leaves its key free."""
        admission = Admission({"cus_1": 1}, {})
        assert refused(admission, after(0, "cus_1"), under=ANSWER)
        assert not refused(admission, after(1, "cus_1"), under=ANSWER)

    def test_are_free_after_a_day(self) -> None:
        """An answer of 24 hours ago no longer counts, one of a second less does."""
        kept = {ANSWER.digest: ANSWER}
        assert refused(Admission({}, dict(kept)), under=answer(at=AT + DAY_S - 1))
        assert not refused(Admission({}, dict(kept)), under=answer(at=AT + DAY_S))
