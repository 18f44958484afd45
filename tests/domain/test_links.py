import pytest

from domain.deliverables import Unclear
from domain.links import AT_ONCE_MOST, LINK_MOST, checked_links, is_link


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("", (), id="none"),
        pytest.param(" https://a.example/x?y=1#z \n", ("https://a.example/x?y=1#z",), id="one"),
        pytest.param(
            "http://a.example https://b.example/(1)\nhttp://a.example",
            ("http://a.example", "https://b.example/(1)"),
            id="two, one of them twice",
        ),
    ],
)
def test_links_are_read_once_each_in_their_order(typed: str, found: tuple[str, ...]) -> None:
    assert checked_links(typed) == found


@pytest.mark.parametrize(
    "typed",
    [
        "deck.pdf",
        "ftp://a.example/x",
        "javascript:alert(1)",
        "https://",
        "https://acme.example@evil.example/",
        "https://a.example/<!channel>",
        "https://a.example/x|Pay-here",
        "https://a.example/\u202egnp.exe",
        "http://[::1",
    ],
)
def test_what_is_no_link_or_hides_where_it_leads_is_refused(typed: str) -> None:
    assert not is_link(typed)
    with pytest.raises(Unclear) as refused:
        checked_links(typed)
    assert refused.value.field == "links"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("https://a.example/" + "x" * LINK_MOST, "long_link"),
        (" ".join(f"https://a.example/{n}" for n in range(AT_ONCE_MOST + 1)), "many_links"),
    ],
)
def test_there_is_a_limit_to_their_length_and_number(typed: str, reason: str) -> None:
    with pytest.raises(Unclear) as refused:
        checked_links(typed)
    assert refused.value.reason == reason
