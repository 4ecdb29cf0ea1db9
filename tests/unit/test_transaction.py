from msgspec.structs import replace

from projections.documents import Told, tell
from projections.indexes import EVENTS, SETUP_INTENTS, Index, events_of_type, news_member
from projections.keys import index_key, owners_key, view_key
from projections.transaction import packed, transactions
from projections.writing import kept
from service.config import REBUILD_BATCH
from service.domain.values import Owner
from tests import histories as a

OWNER = Owner(a.ACCT, livemode=False)


def told(name: str = a.SETI) -> Told:
    after = tell(a.recorded(replace(a.INTENT_CREATED, setup_intent_id=name)))
    assert after is not None
    return after


def list_key(index: Index) -> bytes:
    return index_key(7, OWNER, index)


class TestTransactions:
    def test_counts_bytes(self) -> None:
        """A word may hold anything, as its length in bytes goes before it."""
        command = packed(b"SET", b"a key", "\r\n$1é".encode())
        assert command == b"*3\r\n$3\r\nSET\r\n$5\r\na key\r\n$6\r\n\r\n$1\xc3\xa9\r\n"

    def test_tells_of_views_and_lists(self) -> None:
        """One transaction enters the lists first, then sets the views."""
        one = told()
        document, news = one.document, one.news[0]
        member = news_member(news.at, news.position, news.event_id).encode()
        [made] = transactions(7, [document], one.news)
        assert made.packed == b"".join(
            (
                packed(b"MULTI"),
                packed(b"SADD", owners_key(7), f"{a.ACCT}:t".encode()),
                packed(b"ZADD", list_key(SETUP_INTENTS), b"0", document.id.encode()),
                packed(b"ZADD", list_key(EVENTS), b"0", member),
                packed(b"ZADD", list_key(events_of_type(news.type)), b"0", member),
                packed(b"MSET", view_key(7, OWNER, document.id), kept(document)),
                packed(b"EXEC"),
            )
        )
        assert made.commands == 7

    def test_leaves_lists_last(self) -> None:
        """An object is taken out of a list only once its new view is there."""
        after = tell(a.recorded(a.INTENT_CREATED, a.ATTEMPT_STARTED, a.SETUP_FAILED))
        assert after is not None
        [made] = transactions(7, [after.document], ())
        assert made.packed.index(b"MSET") < made.packed.index(b"ZREM")

    def test_is_cut_to_size(self) -> None:
        """Many documents make several transactions, so that others get a word in."""
        made = list(transactions(7, [told().document] * (REBUILD_BATCH + 1), ()))
        assert len(made) == 2
