"""How each request to a URL begins."""

import pytest

from service.webhooks.routes import routes


@pytest.mark.parametrize(
    ("url", "target", "host"),
    [
        ("http://example.com", "/", "example.com"),
        ("http://example.com:80/hook", "/hook", "example.com"),
        ("http://example.com:8080/hook", "/hook", "example.com:8080"),
        ("https://example.com/a?b=c&d=e%20f#g", "/a?b=c&d=e%20f", "example.com"),
        ("https://[2001:4860::1]:444/", "/", "[2001:4860::1]:444"),
        ("http://example.com/ü b", "/%C3%BC%20b", "example.com"),
        ("http://bücher.example/", "/", "xn--bcher-kva.example"),
    ],
)
async def test_first_lines(url: str, target: str, host: str) -> None:
    """The request's target and its host are what the URL says, as HTTP writes them."""
    first, second, *_ = routes(tls=True)(url).head.decode("ascii").split("\r\n")
    assert (first, second) == (f"POST {target} HTTP/1.1", f"Host: {host}")


async def test_the_same_place() -> None:
    """URLs that differ in nothing but their paths are one place, and those over TLS another."""
    route = routes(tls=True)
    first, second, third = (
        route(url).key
        for url in ("http://example.com/a", "http://example.com/b", "https://example.com/a")
    )
    assert first == second != third
