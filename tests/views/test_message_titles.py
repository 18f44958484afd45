import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deliverables import TITLE_MOST
from views.words.message_titles import named_in, title_of

NAMES = {"U1": "Ana Reyes"}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("Refund script v2", "Refund script v2", id="a short line"),
        pytest.param(
            "\n\n  • Refund script\nand more",
            "Refund script",
            id="a list",
        ),
        pytest.param("&gt; 1. Q&amp;A &lt;draft&gt;", "1. Q&A <draft>", id="a quote, with signs"),
        pytest.param("<@U1> please send the deck", "@Ana Reyes please send the deck", id="a name"),
        pytest.param("<@U9> <@U8|joe> deck", "@joe deck", id="nobody that we know"),
        pytest.param(
            "see <https://a.example|the plan> in <#C1|ops> <!here>",
            "see the plan in #ops",
            id="links",
        ),
        pytest.param("<https://a.example/x>", "", id="nothing but a link"),
        pytest.param(":tada:\nDeck is late", ":tada:", id="an emoji is a word"),
        pytest.param("```\nSELECT 1\n```", "SELECT 1", id="code"),
        pytest.param("", "", id="nothing"),
        pytest.param(
            "We need the new price list. " + "It is for the fair. " * 10,
            "We need the new price list.",
            id="the first sentence of a long line",
        ),
    ],
)
def test_a_message_suggests_its_first_line(text: str, title: str) -> None:
    assert title_of(text, NAMES) == title


def test_a_sentence_without_end_is_cut() -> None:
    title = title_of("word " * 200, {})

    assert len(title) == TITLE_MOST
    assert title.endswith("…")


@given(st.text(max_size=400))
def test_no_message_makes_it_fail(text: str) -> None:
    title = title_of(text, NAMES)

    assert len(title) <= TITLE_MOST
    assert "\n" not in title


def test_people_in_a_command_stand_in_a_form_by_their_names() -> None:
    assert named_in("<@U1|ana> deck\n<@U9> roster", NAMES) == "@Ana Reyes deck\n<@U9> roster"
