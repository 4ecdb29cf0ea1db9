"""The URLs that may and may not be subscribed."""

from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.config import LOOPBACK
from service.webhooks.guard import Guard
from service.webhooks.urls import UrlRefused, check_url

PUBLIC: Final = Guard()
HERE: Final = Guard(LOOPBACK)

ACCEPTED = [
    "https://example.com/hooks",
    "https://example.com:8443/hooks?a=b",
    "HTTPS://EXAMPLE.com/x",
    "https://example.com./",
    "https://example.com",
    "https://example.com?x=y",
    "https://8.8.8.8/",
    "https://[2606:4700::1111]/hook",
    "https://münchen.example/x",
    "https://xn--mnchen-3ya.example/x",
    "https://1.example.com/",
    "https://example.com/a%2Fb/ü",
    "https://example.com/" + "a" * 2028,
]

REFUSED = [
    "",
    "example.com",
    "ftp://example.com",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "gopher://example.com/",
    "https://",
    "https:example.com",
    "https:/example.com",
    "https:///path",
    "https://:443/",
    "https://./",
    "https://example..com/",
    "https://user@example.com/",
    "https://user:secret@example.com/",
    "https://@example.com/",
    "https://[fe80::1%25eth0]/",
    "https://[::1",
    "https://::1/",
    "https://exa%6dple.com/",
    "https://example.com:0/",
    "https://example.com:/",
    "https://example.com:99999/",
    "https://example.com:65536/",
    "https://example.com:\uff14\uff14\uff13/",
    "https://example.com:+443/",
    "https://example.com:-1/",
    "https://exa mple.com/",
    "https://exa\u00a0mple.com/",
    "https://example.com/\u2028",
    "https://example.com\\@evil.example/",
    "https://example.com/\r\nX: y",
    "https://example.com/\x00",
    "https://example.com/\x9f",
    "https://example.com/#top",
    "https://example.com#@10.0.0.1/",
    "https://example.com/" + "a" * 2029,
]

# However it is spelt, it is an address of this machine or of a private network.
INWARD = [
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.1/",
    "https://2130706433/",
    "https://017700000001/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://127.0.0.01/",
    "https://127.0.0.1./",
    "https://127.0.0.1../",
    "https://0/",
    "https://0.0.0.0/",
    "https://10.1.2.3:8080/",
    "https://172.31.255.255/",
    "https://192.168.0.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://100.64.0.1/",
    "https://255.255.255.255/",
    "https://256.1.1.1/",
    "https://1.2.3.4.5/",
    "https://example.0x1/",
    "https://[::1]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b:1::a00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fd00::1]/",
    "https://[fe80::1]/",
    "https://[ff02::1]/",
    "https://%31%32%37.0.0.1/",
    "https://\uff11\uff12\uff17.0.0.1/",
    "https://127\u30020\u30020\u30021/",
    "https://127\uff0e0\uff0e0\uff0e1/",
    "https://127.0.0.\u00ad1/",
    "https://\u2460\u2461\u2466.0.0.1/",
    "https://\u0662.0.0.1/",
    "https://localhost/",
    "https://LOCALHOST/",
    "https://localhost./",
    "https://a.localhost/",
    "https://localhost.localdomain/",
    "https://ip6-localhost/",
    "https://loc\u00adalhost/",
    "https://\uff4c\uff4f\uff43\uff41\uff4c\uff48\uff4f\uff53\uff54/",
]


@pytest.mark.parametrize("url", ACCEPTED)
def test_accepts(url: str) -> None:
    """An https URL with a plain host may be subscribed in live mode."""
    check_url(url, PUBLIC, livemode=True)


@pytest.mark.parametrize("url", REFUSED)
@pytest.mark.parametrize("livemode", [True, False])
def test_refuses(url: str, *, livemode: bool) -> None:
    """A URL that two parsers could read in two ways is refused in either mode."""
    with pytest.raises(UrlRefused):
        check_url(url, HERE, livemode=livemode)


@pytest.mark.parametrize("url", INWARD)
@pytest.mark.parametrize("scheme", ["https", "http"])
def test_refuses_inward_addresses(url: str, scheme: str) -> None:
    """An address that is not public is refused in any spelling."""
    with pytest.raises(UrlRefused):
        check_url(scheme + url.removeprefix("https"), PUBLIC, livemode=False)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:4242/", "http://localhost/", "http://[::1]/", "http://[0::1]:80/"]
)
def test_an_allowed_network_may_be_subscribed(url: str) -> None:
    """Where deliveries may reach the loopback, its addresses and its name may be subscribed."""
    check_url(url, HERE, livemode=False)


@pytest.mark.parametrize(
    "url", ["http://127.1/", "http://2130706433/", "http://\uff11\uff12\uff17.0.0.1/"]
)
def test_an_allowed_network_has_one_spelling(url: str) -> None:
    """What two parsers could read in two ways is refused although it may be reached."""
    with pytest.raises(UrlRefused, match="plain decimal"):
        check_url(url, HERE, livemode=False)


def test_http_is_for_test_mode() -> None:
    """Plain http is accepted in test mode and refused in live mode."""
    check_url("http://example.com/hooks", PUBLIC, livemode=False)
    with pytest.raises(UrlRefused, match="https"):
        check_url("http://example.com/hooks", PUBLIC, livemode=True)


def test_says_what_would_allow_it() -> None:
    """The refusal of an inward address names the setting that lets deliveries reach it."""
    with pytest.raises(UrlRefused, match=r"10\.0\.0\.9.*SETI_WEBHOOK_ALLOW"):
        check_url("https://10.0.0.9/", PUBLIC, livemode=True)
    check_url("https://10.0.0.9/", Guard([ip_network("10.0.0.0/8")]), livemode=True)


def _spellings(address: IPv4Address) -> list[str]:
    number, (a, b, c, d) = int(address), address.packed
    return [
        str(number),
        hex(number),
        f"0{number:o}",
        f"{a}.{number & 0xFFFFFF}",
        f"{a}.{b}.{number & 0xFFFF}",
        f"0x{a:x}.0{b:o}.{c}.{d}",
        f"{address}.",
        f"[::ffff:{address}]",
        f"[{IPv6Address(0x64FF9B << 96 | number)}]",
        f"[{IPv6Address(0xFFFF << 32 | number)}]",
        f"{address}".translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)}),
    ]


@given(
    address=st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="127.0.0.0/8")
)
def test_no_spelling_of_an_inward_address_passes(address: IPv4Address) -> None:
    """Whatever base, length or script it is written in, a private address is refused."""
    for host in (str(address), *_spellings(address)):
        with pytest.raises(UrlRefused):
            check_url(f"https://{host}/", PUBLIC, livemode=False)


@given(url=st.text(max_size=60) | st.text(max_size=60).map("https://".__add__))
def test_any_text_is_accepted_or_refused(url: str) -> None:
    """No text raises anything but a refusal."""
    with suppress(UrlRefused):
        check_url(url, PUBLIC, livemode=True)
