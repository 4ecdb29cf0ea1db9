"""The way back to the merchant."""

import pytest

from service.pages.returning import return_address


@pytest.mark.parametrize(
    ("return_url", "address"),
    [
        ("https://shop.example/back", "https://shop.example/back?a=1&b=2"),
        ("https://shop.example", "https://shop.example?a=1&b=2"),
        ("https://shop.example/back?", "https://shop.example/back?a=1&b=2"),
        ("https://shop.example/back?c=3", "https://shop.example/back?c=3&a=1&b=2"),
        ("https://shop.example/back?c=3&", "https://shop.example/back?c=3&a=1&b=2"),
        ("https://shop.example/back&", "https://shop.example/back&?a=1&b=2"),
        ("https://shop.example/back#top", "https://shop.example/back?a=1&b=2#top"),
        ("https://shop.example/?c=%7e+#/a?b#c", "https://shop.example/?c=%7e+&a=1&b=2#/a?b#c"),
        ("https://shop.example/back#", "https://shop.example/back?a=1&b=2#"),
        ("myapp://done", "myapp://done?a=1&b=2"),
        ("myApp.v2://Done?c=3#f", "myApp.v2://Done?c=3&a=1&b=2#f"),
        (
            "https://shop.example/zurück?ü=ß",
            "https://shop.example/zur%C3%BCck?%C3%BC=%C3%9F&a=1&b=2",
        ),
    ],
)
def test_appends_to_the_query(return_url: str, address: str) -> None:
    """The outcome comes last in the query; all else stays as the merchant wrote it."""
    assert return_address(return_url, a="1", b="2") == address


def test_escapes_what_it_appends() -> None:
    """A value cannot end the query, or begin another name."""
    assert return_address("app://x", a="&b=#") == "app://x?a=%26b%3D%23"
