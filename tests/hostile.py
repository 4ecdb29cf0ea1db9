"""
What receivers do to a sender, row by row: the list that deliveries are built against.

A row says where its receiver is found and how it behaves, what is to come of the first
attempt, and how each delivery to it stands afterwards. Several variants of a row share its
number. Rows 23 to 28 are about what happens over time, and are tests of their own.
"""

import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import trustme

from service.webhooks.ledger.values import State
from service.webhooks.outcome import Kind
from tests.misbehaving import (
    CA,
    INTERIM,
    break_off,
    drip_body,
    drip_headers,
    exploding,
    flood,
    for_each_copy,
    forget,
    huge,
    murmur,
    read_nothing,
    redirect_to_oneself,
    refuse_to_speak_tls,
    say_nothing,
    saying,
    wait_for_ever,
)
from tests.places import Opening, at, behind_tls, dropping_every_syn, named, saying_at_once
from tests.receivers import OK, answering, hang, status

DAY: Final = 86_400.0
ONCE: Final = (0.0,)
ONCE_AND_TOMORROW: Final = (0.0, DAY)
AT_ONCE_AGAIN: Final = (0.0, 0.05, 0.05)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """
    A hostile receiver, *opened* for one test.

    The first attempt of a delivery is to come to *kind*, and the delivery to *state*, with
    *posts* of each event at most. Where it *holds*, the attempt goes on until our patience is
    over; where it is *endless*, it would go on for ever if the connection were not closed.
    *body* is how much each event has to say, *detail* what its owner is told of the reason.
    """

    opened: Opening
    kind: Kind
    state: State = State.EXHAUSTED
    posts: int = 1
    holds: bool = False
    endless: bool = False
    schedule: tuple[float, ...] = ONCE
    body: int = 0
    detail: str = ""


def paused(code: int, wish: str) -> Row:
    """Return the row of who asks, with a *code*, to be left alone for as long as it can mean."""
    return Row(
        opened=at(answering(status(code, f"Retry-After: {wish}"))),
        kind=Kind.STATUS,
        state=State.OPEN,
        schedule=AT_ONCE_AGAIN,
    )


def unpaused(code: int, wish: str) -> Row:
    """Return the row of who asks for what means nothing."""
    return replace(paused(code, wish), state=State.EXHAUSTED, posts=len(AT_ONCE_AGAIN))


_EXPIRED: Final = datetime(2020, 1, 1, tzinfo=UTC)
_FAR: Final = "Fri, 31 Dec 9999 23:59:59 GMT"

ROWS: Final[Mapping[str, Row]] = {
    "row_01_accepts_and_never_answers": Row(opened=at(hang), kind=Kind.TIMEOUT, holds=True),
    "row_02_drops_every_syn": Row(
        opened=dropping_every_syn, kind=Kind.CONNECT_TIMEOUT, posts=0, holds=True
    ),
    "row_02_hangs_in_the_handshake": Row(
        opened=behind_tls(say_nothing), kind=Kind.CONNECT_TIMEOUT, posts=0, holds=True
    ),
    "row_03_drips_headers": Row(opened=at(drip_headers), kind=Kind.TIMEOUT, holds=True),
    "row_04_drips_for_ever": Row(
        opened=at(drip_body), kind=Kind.DELIVERED, state=State.DELIVERED, endless=True
    ),
    "row_05_has_a_body_without_end": Row(
        opened=at(flood), kind=Kind.DELIVERED, state=State.DELIVERED
    ),
    "row_06_answers_with_a_gzip_bomb": Row(
        opened=at(exploding("gzip")), kind=Kind.DELIVERED, state=State.DELIVERED
    ),
    "row_06_answers_with_a_br_bomb": Row(
        opened=at(exploding("br")), kind=Kind.DELIVERED, state=State.DELIVERED
    ),
    "row_07_has_20_000_headers": Row(
        opened=at(huge(b"".join(b"X-%d: y\r\n" % n for n in range(20_000)))), kind=Kind.PROTOCOL
    ),
    "row_07_has_a_header_of_50_megabytes": Row(
        opened=at(huge(b"X: " + b"y" * 50_000_000 + b"\r\n")), kind=Kind.PROTOCOL
    ),
    "row_08_continues_without_end": Row(
        opened=at(murmur(INTERIM[0])), kind=Kind.PROTOCOL, endless=True
    ),
    "row_08_hints_without_end": Row(
        opened=at(murmur(INTERIM[1])), kind=Kind.PROTOCOL, endless=True
    ),
    "row_09_redirects_to_itself": Row(opened=at(redirect_to_oneself), kind=Kind.REDIRECT),
    "row_09_redirects_to_no_text": Row(
        opened=saying_at_once(b"HTTP/1.1 302 -\r\nLocation: http://\xff\xfe\r\n\r\n"),
        kind=Kind.REDIRECT,
        detail="http://",
    ),
    "row_10_answers_300": Row(opened=at(answering(status(300))), kind=Kind.STATUS),
    "row_10_answers_304": Row(opened=at(answering(status(304))), kind=Kind.STATUS),
    "row_11_is_gone": Row(
        opened=at(answering(status(410))),
        kind=Kind.STATUS,
        state=State.PARKED,
        schedule=ONCE_AND_TOMORROW,
    ),
    "row_12_asks_for_an_hour": paused(429, "3600"),
    "row_12_asks_for_a_date": paused(503, _FAR),
    "row_12_asks_for_ages": paused(503, "9" * 30),
    "row_12_asks_for_less_than_nothing": unpaused(429, "-5"),
    "row_12_asks_for_garbage": unpaused(503, "soon"),
    "row_13_answers_after_our_timeout": Row(
        opened=at(for_each_copy(wait_for_ever, saying(OK))),
        kind=Kind.TIMEOUT,
        state=State.DELIVERED,
        posts=2,
        holds=True,
        schedule=AT_ONCE_AGAIN,
    ),
    "row_14_resets_after_the_request": Row(opened=at(for_each_copy(break_off)), kind=Kind.RESET),
    "row_15_closes_a_kept_connection": Row(
        opened=at(forget), kind=Kind.DELIVERED, state=State.DELIVERED, posts=2
    ),
    "row_16_closes_without_an_answer": Row(opened=saying_at_once(b""), kind=Kind.RESET),
    "row_16_cuts_its_body_short": Row(
        opened=saying_at_once(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ntoo short"),
        kind=Kind.DELIVERED,
        state=State.DELIVERED,
    ),
    "row_16_sends_what_is_no_chunk": Row(
        opened=saying_at_once(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx"),
        kind=Kind.PROTOCOL,
    ),
    "row_16_has_two_lengths": Row(
        opened=saying_at_once(
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        kind=Kind.PROTOCOL,
    ),
    "row_16_speaks_http_0_9": Row(opened=saying_at_once(b"hello\r\n"), kind=Kind.PROTOCOL),
    "row_16_speaks_icy": Row(opened=saying_at_once(b"ICY 200 OK\r\n\r\n"), kind=Kind.PROTOCOL),
    "row_17_never_reads": Row(
        opened=at(read_nothing), kind=Kind.TIMEOUT, posts=0, holds=True, body=240_000
    ),
    "row_18_upgrades": Row(
        opened=at(answering(status(101, "Upgrade: x", "Connection: upgrade"))), kind=Kind.STATUS
    ),
    "row_19_signs_for_itself": Row(
        opened=behind_tls(hang, lambda: trustme.CA().issue_cert("127.0.0.1")),
        kind=Kind.TLS,
        posts=0,
        detail="certificate",
    ),
    "row_19_has_expired": Row(
        opened=behind_tls(hang, lambda: CA.issue_cert("127.0.0.1", not_after=_EXPIRED)),
        kind=Kind.TLS,
        posts=0,
        detail="certificate",
    ),
    "row_19_is_somebody_else": Row(
        opened=behind_tls(hang, lambda: CA.issue_cert("other.example")), kind=Kind.TLS, posts=0
    ),
    "row_19_speaks_an_old_tls": Row(opened=behind_tls(refuse_to_speak_tls), kind=Kind.TLS, posts=0),
    "row_20_has_no_address": Row(
        opened=named(socket.gaierror(socket.EAI_NONAME, "no")), kind=Kind.DNS, posts=0
    ),
    "row_20_has_a_broken_name_server": Row(
        opened=named(socket.gaierror(socket.EAI_AGAIN, "no")), kind=Kind.DNS, posts=0
    ),
    "row_20_has_a_slow_name_server": Row(
        opened=named("127.0.0.1", slow=True), kind=Kind.DNS, posts=0, holds=True
    ),
    **{
        f"row_21_leads_inward_{how}": Row(
            opened=named(address), kind=Kind.BLOCKED, state=State.BLOCKED, posts=0
        )
        for how, address in {
            "by_a_name": "10.0.0.1",
            "as_ipv6": "fd00::1",
            "mapped": "::ffff:10.0.0.1",
            "translated": "64:ff9b::a00:1",
        }.items()
    },
    "row_22_sets_a_cookie": Row(
        opened=at(answering(status(200, "Set-Cookie: track=me"))),
        kind=Kind.DELIVERED,
        state=State.DELIVERED,
    ),
}
