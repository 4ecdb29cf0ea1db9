"""Bad input, named: each is told what is wrong with it, and none changes anything."""

from collections.abc import Iterator

import pytest

from tests.e2e.client import Api, encoded
from tests.e2e.intents import INTENTS
from tests.e2e.server import PUBLISHABLE_KEY, SECRET_KEY, Server

INVALID = "invalid_request_error"
UNKNOWN = "parameter_unknown"
INTEGER = "parameter_invalid_integer"
EMPTY = "parameter_invalid_empty"
CUSTOMERS = "/v1/customers"


@pytest.fixture
def api(quiet_server: Server) -> Iterator[Api]:
    with Api(quiet_server.url, SECRET_KEY) as client:
        yield client


# The path, the form as it is sent, and the code and the param that are told.
FORMS: dict[str, tuple[str, bytes, str | None, str | None]] = {
    "unknown": (INTENTS, b"wat=1", UNKNOWN, "wat"),
    "unknown ones": (INTENTS, b"wat=1&who=2", UNKNOWN, "wat"),
    "unknown in a hash": (
        INTENTS,
        b"payment_method_options[card][wat]=1",
        UNKNOWN,
        "payment_method_options[card][wat]",
    ),
    "missing in a hash": (
        INTENTS,
        b"automatic_payment_methods[allow_redirects]=never",
        "parameter_missing",
        "automatic_payment_methods[enabled]",
    ),
    "missing": ("/v1/webhook_endpoints", b"url=http://127.0.0.1:9", "parameter_missing", None),
    "enumeration": (INTENTS, b"usage=never", None, "usage"),
    "enumeration in a list": (INTENTS, b"flow_directions[0]=up", None, "flow_directions[0]"),
    "boolean": (INTENTS, b"confirm=yes", None, "confirm"),
    "list for a value": (INTENTS, b"description[]=x", None, "description"),
    "hash for a value": (INTENTS, b"description[a]=x", None, "description"),
    "value for a list": (INTENTS, b"payment_method_types=card", None, "payment_method_types"),
    "value for a hash": (INTENTS, b"metadata=x", None, "metadata"),
    "value and hash": (INTENTS, b"metadata=x&metadata[a]=b", None, "metadata"),
    "hash and value": (INTENTS, b"metadata[a]=b&metadata=x", None, "metadata"),
    "empty": (INTENTS, b"payment_method=", EMPTY, "payment_method"),
    "empty enumeration": (INTENTS, b"usage=", EMPTY, "usage"),
    "exclusive": (
        INTENTS,
        b"allowed_payment_method_types[]=card&payment_method_types[]=card",
        "parameters_exclusive",
        None,
    ),
    "only with confirm": (INTENTS, b"return_url=https://a.example", None, "return_url"),
    "no url": (INTENTS, b"confirm=true&return_url=not%20a%20url", "url_invalid", "return_url"),
    "confirmation token": (INTENTS, b"confirmation_token=ctoken_1", None, "confirmation_token"),
    "description over 1000": (INTENTS, b"description=" + b"x" * 1001, None, "description"),
    "brackets that do not pair": (INTENTS, b"metadata[a=1", None, None),
    "brackets of nothing": (INTENTS, b"[]=1", None, None),
    "nine levels": (INTENTS, b"a[b][c][d][e][f][g][h][i]=1", None, None),
    "a thousand levels": (INTENTS, b"a" + b"[b]" * 1000 + b"=1", None, None),
    "10,001 parameters": (INTENTS, b"&".join([b"a=1"] * 10_001), None, None),
    "10,001 of a list": (INTENTS, b"&".join([b"expand[]=a"] * 10_001), None, None),
    "9,999 names": (INTENTS, b"&".join(b"a%d=1" % n for n in range(9_999)), UNKNOWN, "a0"),
    "a list of 9,999": (INTENTS, b"&".join([b"expand[]=x"] * 9_999), None, None),
    "a long name": (INTENTS, b"a" * 501 + b"=1", None, None),
    "NUL": (INTENTS, b"description=a%00b", None, None),
    "raw NUL": (INTENTS, b"description=a\0b", None, None),
    "NUL in a name": (INTENTS, b"metadata[a%00]=b", None, None),
    "no UTF-8": (INTENTS, b"description=%ff", None, None),
    "raw bytes": (INTENTS, b"description=\xff\xfe", None, None),
    "overlong UTF-8": (INTENTS, b"description=%c0%80", None, None),
    "half a surrogate": (INTENTS, b"description=%ed%a0%80", None, None),
    "UTF-16": (INTENTS, "description=é".encode("utf-16"), None, None),
    "absurd integer": (CUSTOMERS, b"balance=" + b"9" * 400, INTEGER, "balance"),
    "integer over 2**63": (CUSTOMERS, b"balance=9223372036854775808", INTEGER, "balance"),
    "no integer": (CUSTOMERS, b"balance=1.5", INTEGER, "balance"),
    "exponent": (CUSTOMERS, b"balance=1e3", INTEGER, "balance"),
    "not a number": (CUSTOMERS, b"balance=NaN", INTEGER, "balance"),
    "digits of another script": (CUSTOMERS, "balance=٣".encode(), INTEGER, "balance"),
    "negative sequence": (CUSTOMERS, b"next_invoice_sequence=-1", INTEGER, "next_invoice_sequence"),
    "metadata of 51": (
        CUSTOMERS,
        encoded({"metadata": {f"k{n}": "v" for n in range(51)}}).encode(),
        None,
        "metadata",
    ),
    "metadata value over 500": (
        CUSTOMERS,
        encoded({"metadata": {"k": "v" * 501}}).encode(),
        None,
        "metadata[k]",
    ),
    "expand too deep": (
        INTENTS,
        b"expand[]=latest_attempt.payment_method.customer.a.b",
        None,
        None,
    ),
    "expand of nothing": (INTENTS, b"expand[]=wat", None, None),
    "expand that is empty": (INTENTS, b"expand[]=", EMPTY, "expand[0]"),
    "customer of another kind": (INTENTS, b"customer=pm_1", "resource_missing", "customer"),
    "payment method of another kind": (
        INTENTS,
        b"payment_method=cus_1",
        "resource_missing",
        "payment_method",
    ),
    "endpoint at a file": (
        "/v1/webhook_endpoints",
        b"url=file:///etc/passwd&enabled_events[]=*",
        "url_invalid",
        "url",
    ),
    "endpoint for no event": (
        "/v1/webhook_endpoints",
        b"url=http://127.0.0.1:9&enabled_events[]=wat",
        None,
        "enabled_events[0]",
    ),
}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("row", FORMS)
def test_form(api: Api, row: str) -> None:
    """A form that is not an operation's is a 400 that names what is wrong."""
    path, form, code, param = FORMS[row]
    refused = api.call("POST", path, form)
    assert (refused.status, refused.error["type"], refused.error.get("code")) == (
        400,
        INVALID,
        code,
    )
    if param is not None:
        assert refused.error["param"] == param


QUERIES: dict[str, tuple[str, str | None, str | None]] = {
    "limit": ("limit=wat", INTEGER, "limit"),
    "absurd limit": ("limit=" + "9" * 400, INTEGER, "limit"),
    "created": ("created=wat", INTEGER, "created"),
    "absurd timestamp": ("created[gte]=" + "9" * 40, INTEGER, "created[gte]"),
    "negative timestamp": ("created=-1", INTEGER, "created"),
    "unknown bound": ("created[ge]=1", UNKNOWN, "created[ge]"),
    "both cursors": ("starting_after=seti_1&ending_before=seti_1", None, None),
    "cursor of another kind": ("starting_after=cus_1", "resource_missing", "starting_after"),
    "empty cursor": ("starting_after=", EMPTY, "starting_after"),
    "unknown": ("wat=1", UNKNOWN, "wat"),
    "expand without data": ("expand[]=customer", None, None),
    "expand too deep": (
        "expand[]=data.latest_attempt.payment_method.customer.default_source",
        None,
        None,
    ),
    "no UTF-8": ("customer=%ff", None, None),
    "NUL": ("customer=a%00", None, None),
}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("row", QUERIES)
def test_query(api: Api, row: str) -> None:
    """A query that is not a list's is a 400 that names what is wrong."""
    query, code, param = QUERIES[row]
    refused = api.get(f"{INTENTS}?{query}")
    assert refused.refusal == (400, INVALID, code, param)


@pytest.mark.parametrize(
    "query",
    ["created=0", "created[lt]=253402300799", "created[gte]=1&created[lt]=1"],
)
def test_odd_query(api: Api, query: str) -> None:
    """What is odd and means something is answered."""
    assert api.get(f"{INTENTS}?{query}").object["object"] == "list"


def test_the_last_of_two_counts(api: Api) -> None:
    """Of a scalar that is sent twice, the last one counts."""
    made = api.call("POST", INTENTS, b"description=first&usage=on_session&description=last").object
    assert made["description"] == "last"


def test_the_cursor_of_a_deleted_object(api: Api) -> None:
    """A deleted object is still a place in the list."""
    name = api.post(CUSTOMERS).object["id"]
    api.delete(f"{CUSTOMERS}/{name}")
    assert api.get(CUSTOMERS, {"starting_after": name}).status == 200


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "application/json; charset=utf-8",
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/xml",
        "*/*",
    ],
)
def test_content_type(api: Api, kind: str) -> None:
    """A body that is no form is a 400 that says to send one."""
    refused = api.call("POST", INTENTS, b'{"usage":"on_session"}', {"Content-Type": kind})
    assert refused.refusal == (400, INVALID, None, None)
    assert "x-www-form-urlencoded" in refused.error["message"]


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/setup_intents/pm_1"),
        ("GET", "/v1/customers/seti_1"),
        ("GET", "/v1/payment_methods/cus_1"),
        ("GET", "/v1/events/seti_1"),
        ("GET", "/v1/webhook_endpoints/evt_1"),
        ("POST", "/v1/setup_intents/cus_1"),
        ("POST", "/v1/setup_intents/pm_1/confirm"),
        ("POST", "/v1/setup_intents/we_1/cancel"),
        ("POST", "/v1/payment_methods/seti_1/detach"),
        ("DELETE", "/v1/customers/pm_1"),
        ("DELETE", "/v1/webhook_endpoints/cus_1"),
        ("GET", "/v1/setup_intents/" + "x" * 5000),
        ("GET", "/v1/setup_intents/%2e%2e%2fcustomers"),
        ("GET", "/v1/setup_intents/seti_%00"),
        ("GET", "/v1/setup_intents/seti_%ff"),
        ("GET", "/v1/setup_intents/seti_%F0%9F%98%80"),
        ("POST", "/v1/payment_methods/pm_card_none/attach?customer=cus_1"),
    ],
)
def test_id_of_another_kind(api: Api, method: str, path: str) -> None:
    """An id that is none, or another kind's, is not there."""
    answer = api.call(method, path, b"customer=cus_1" if path.endswith("cus_1") else None)
    assert answer.status in (400, 404)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("key", [SECRET_KEY, PUBLISHABLE_KEY])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
def test_unknown_address(quiet_server: Server, key: str, method: str) -> None:
    """There is nothing at an unknown address, whoever asks and however."""
    with Api(quiet_server.url, key) as caller:
        assert caller.call(method, "/v1/wat").status == 404
