"""What is printed at the end of a run: what was broken, what came of it, and what it cost."""

from collections import Counter
from collections.abc import Iterator

from rich.console import Group
from rich.table import Table
from rich.text import Text

from tests.chaos.latencies import Latencies
from tests.chaos.run import Ran
from tests.chaos.subscribers import Subscriber
from tests.chaos.verdict import Aftermath


def report(ran: Ran) -> Group:
    """Return everything that there is to say of *ran*."""
    after = ran.aftermath
    tables = (_faults(after), _subscribers(after), _latencies(ran), _verdict(ran))
    return Group(*(part for table in tables for part in (table, "")), *_remarks(ran))


def _faults(after: Aftermath) -> Table:
    shown = Table("fault", "times", "longest s", "under way", "came twice", title="What was broken")
    twice = _came_twice(after)
    for name in sorted({trouble.name for trouble in after.troubles}):
        some = [trouble for trouble in after.troubles if trouble.name == name]
        longest = max(trouble.took_s for trouble in some)
        under_way = sum(after.under_way(trouble) for trouble in some)
        shown.add_row(name, f"{len(some)}", f"{longest:.1f}", f"{under_way:,}", f"{twice[name]:,}")
    return shown


def _came_twice(after: Aftermath) -> Counter[str]:
    """Count what was acknowledged again, by the fault that it is due to."""
    causes = (after.cause(each) for one in after.subscribers for each in after.duplicates(one))
    return Counter(cause.name if cause else "" for cause in causes)


def _subscribers(after: Aftermath) -> Table:
    shown = Table("subscriber", "posts", "heard of", "twice", "states", title="What they heard")
    for one in after.everybody:
        shown.add_row(*_heard(after, one))
    return shown


def _heard(after: Aftermath, one: Subscriber) -> Iterator[str]:
    states = Counter(s for pair, s in after.states.items() if pair.endpoint_id == one.endpoint_id)
    yield one.name
    yield f"{sum(map(len, one.heard.values())):,}"
    yield f"{len(one.heard):,}"
    yield f"{len(list(after.duplicates(one))):,}"
    yield ", ".join(f"{count:,} {state}" for state, count in states.most_common())


def _latencies(ran: Ran) -> Table:
    title = "From the call until a well subscriber heard"
    shown = Table("", "deliveries", "p50 ms", "p99 ms", title=title)
    for name, measured in ran.latencies.items():
        shown.add_row(name, *_figures(measured))
        if name in ran.control:
            shown.add_row("  elsewhere, meanwhile", *_figures(ran.control[name]))
    return shown


def _figures(measured: Latencies) -> tuple[str, ...]:
    return f"{measured.measured:,}", f"{measured.p50_ms:.1f}", f"{measured.p99_ms:.1f}"


def _verdict(ran: Ran) -> Table:
    shown = Table("", "promise", title="Verdict")
    for check in ran.checks:
        shown.add_row(Text("kept", "green") if check.kept else Text("BROKEN", "red"), str(check))
    return shown


def _remarks(ran: Ran) -> Iterator[str]:
    refusals = ", ".join(f"{count:,} {name}" for name, count in sorted(ran.refusals.items()))
    yield f"{len(ran.aftermath.calls):,} cards saved; {ran.attempts:,} attempts kept."
    yield f"Calls that had to be repeated: {refusals or 'none'}."
    errors = ", ".join(f"{count:,} {name}" for name, count in sorted(ran.errors.items()))
    yield f"Errors that the server told of: {errors or 'none'}."
    yield f"The disk was full by {ran.volume}."
