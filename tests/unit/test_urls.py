"""The URLs that may and may not be subscribed."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.webhooks.urls import UrlRefused, check_url

ACCEPTED = [
    "https://example.com/hooks",
    "https://example.com:8443/hooks?a=b",
    "https://8.8.8.8/",
    "https://[2606:4700::1111]/hook",
    "https://münchen.example/x",
    "https://xn--mnchen-3ya.example/x",
    "https://1.example.com/",
]

REFUSED = [
    "",
    "example.com",
    "ftp://example.com",
    "file:///etc/passwd",
    "https://",
    "https:example.com",
    "https:/example.com",
    "https:///path",
    "https://user@example.com/",
    "https://user:secret@example.com/",
    "https://@example.com/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://127.0.0.1./",
    "https://example.0x1/",
    "https://1.2.3.4.5/",
    "https://256.1.1.1/",
    "https://[fe80::1%25eth0]/",
    "https://[::1",
    "https://example.com:0/",
    "https://example.com:99999/",
    "https://exa mple.com/",
    "https://example.com\\@evil.example/",
    "https://example.com/\r\nX: y",
    "https://example.com/" + "a" * 2048,
]


@pytest.mark.parametrize("url", ACCEPTED)
def test_accepts(url: str) -> None:
    """An https URL with a plain host may be subscribed in live mode."""
    check_url(url, livemode=True)


@pytest.mark.parametrize("url", REFUSED)
@pytest.mark.parametrize("livemode", [True, False])
def test_refuses(url: str, *, livemode: bool) -> None:
    """A URL that two parsers could read in two ways is refused in either mode."""
    with pytest.raises(UrlRefused):
        check_url(url, livemode=livemode)


def test_http_is_for_test_mode() -> None:
    """Plain http is accepted in test mode and refused in live mode."""
    check_url("http://127.0.0.1:4242/hooks", livemode=False)
    with pytest.raises(UrlRefused, match="https"):
        check_url("http://example.com/hooks", livemode=True)


@given(url=st.text(max_size=60) | st.text(max_size=60).map("https://".__add__))
def test_any_text_is_accepted_or_refused(url: str) -> None:
    """No text raises anything but a refusal."""
    with suppress(UrlRefused):
        check_url(url, livemode=True)
