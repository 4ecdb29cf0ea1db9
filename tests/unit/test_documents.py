import msgspec
from msgspec.structs import replace

from projections import indexes
from projections.documents import Going, Told, document, tell
from projections.fold import show
from projections.indexes import Index
from service import ids
from service.domain import events as e
from service.domain.recorded import Recorded
from tests import histories as a


def told(*events: e.Event) -> Told:
    """Return what the read model is told of *events*, one whole stream."""
    after = tell(a.recorded(*events))
    assert after is not None
    return after


def names(of: tuple[Index, ...]) -> list[str]:
    return [index.name for index in of]


class TestTell:
    def test_renders_the_view(self) -> None:
        """A document holds the view, compact and sealed, with its version."""
        after = told(a.INTENT_CREATED, a.CANCELED).document
        shown = show(a.recorded(a.INTENT_CREATED, a.CANCELED))
        assert shown is not None
        assert after.version == 2
        assert after.body == msgspec.json.encode(shown.view)
        assert b'"client_secret":{"reveal":"seti_' in after.body

    def test_lists_a_setup_intent(self) -> None:
        """An intent is listed among all, by its customer and by its payment method."""
        created = replace(a.INTENT_CREATED, customer=a.CUS, payment_method=a.PM)
        assert names(told(created).document.add) == [
            "setup_intents",
            f"setup_intents:{a.CUS}",
            f"setup_intents:{a.PM}",
        ]

    def test_leaves_every_list_it_was_in_on_the_way(self) -> None:
        """A list that was entered and left between two documents is still left."""
        after = told(a.INTENT_CREATED, a.ATTEMPT_STARTED, a.SETUP_FAILED).document
        assert names(after.remove) == [f"setup_intents:{a.PM}"]

    def test_leaves_the_lists_that_were_shown_before(self) -> None:
        """A document that follows another leaves the lists of that one."""
        history = a.recorded(a.METHOD_CREATED, a.ATTACHED, a.DETACHED)
        going = Going().on(history[:2]).shortened().on(history[2:])
        assert going.shown is not None
        after = document(going.shown, going.passed)
        assert names(after.remove) == [f"payment_methods:{a.CUS}"]
        assert after.add == ()

    def test_a_deleted_object_leaves_every_list(self) -> None:
        """What is deleted keeps a document, so that a late write cannot bring it back."""
        after = told(a.CUSTOMER_CREATED, a.CUSTOMER_DELETED).document
        email = indexes.customers_of_term("email", "Jenny@Example.com")
        assert after.add == ()
        assert set(names(after.remove)) == {"customers", email.name}
        assert "jenny" not in email.name

    def test_remembers_no_more_than_where_it_was(self) -> None:
        """Of what a stream passed, versions that stood where the one before did are let go."""
        waits = replace(a.ACTION_REQUIRED, expires_at=a.AT + 60)
        moves = (a.INTENT_CREATED, a.ATTEMPT_STARTED, waits, a.SUCCEEDED, a.INTENT_UPDATED)
        going = Going().on(a.recorded(*moves, a.INTENT_UPDATED, a.INTENT_UPDATED))
        assert [one.version for one in going.shortened().passed] == [1, 2, 3, 4]

    def test_is_the_same_in_steps_and_at_once(self) -> None:
        """Folding on from what was shown renders the same bytes as folding everything."""
        history = a.recorded(a.INTENT_CREATED, a.ATTEMPT_STARTED, a.ACTION_REQUIRED, a.SUCCEEDED)
        going = Going().on(history[:2]).shortened().on(history[2:])
        whole = tell(history)
        assert going.shown is not None
        assert whole is not None
        assert document(going.shown, going.passed) == whole.document

    def test_lists_the_news(self) -> None:
        """Events that are news are listed, the others are not."""
        news = told(a.INTENT_CREATED, a.ATTEMPT_STARTED, a.SUCCEEDED).news
        assert [(each.type, each.position) for each in news] == [
            ("setup_intent.created", 1),
            ("setup_intent.succeeded", 3),
        ]
        assert news[0].event_id == ids.event_id(a.SETI, 1)

    def test_says_nothing_of_an_account(self) -> None:
        """Accounts are not shown."""
        account: list[Recorded] = a.recorded(e.AccountCreated(account_id=a.ACCT, at=a.AT))
        assert tell(account) is None
        assert tell([]) is None


class TestIndexes:
    def test_bounds_split_objects_by_the_second(self) -> None:
        """Ids made before an instant sort below its bound, the others above it."""
        make = ids.IdMaker()
        early, late = make("seti", 999), make("seti", 1000)
        assert early < indexes.SETUP_INTENTS.bound(1) < late
        assert indexes.SETUP_INTENTS.bound(-5) < early

    def test_bounds_split_events_by_the_second(self) -> None:
        """Events sort by second, then by position, and name themselves."""
        members = [indexes.news_member(9, 70, "evt_b"), indexes.news_member(10, 8, "evt_a")]
        assert members == sorted(members)
        assert members[0] < indexes.EVENTS.bound(10) < members[1]
        assert [indexes.event_of_member(member) for member in members] == ["evt_b", "evt_a"]
