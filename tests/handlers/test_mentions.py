import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.mentions import bot_user_of, without_mention
from handlers.routing import SPEAKERS, subject_of
from tests.partners import MONDAY_NOON
from views.help import help_page
from views.verbs import VERBS, Verb, is_typed_command
from views.words.commands import read_command
from views.words.writer import Writer


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("<@U0BOT> help", "help", id="in front"),
        pytest.param("please <@U0BOT|touchbase>, help", "please help", id="in the middle"),
        pytest.param("help <@U0BOT>", "help", id="at the end"),
        pytest.param("<@U0BOT>", "", id="nothing else"),
        pytest.param("<@U0BOT>: deliverable <@U0ANA> deck", "deliverable <@U0ANA> deck", id="two"),
        pytest.param("<@U0ANA> <@U0BOT> help", "<@U0ANA> help", id="somebody else first"),
        pytest.param("help", "help", id="no mention at all"),
        pytest.param("<@U0BOT> paste\n\n a  b\n c", "paste\na b\nc", id="several lines"),
    ],
)
def test_what_is_said_to_the_bot_is_read_wherever_it_is_mentioned(text: str, words: str) -> None:
    assert without_mention(text, "U0BOT") == words


def test_without_knowing_the_own_user_the_first_mention_is_taken_for_it() -> None:
    assert without_mention("<@U0BOT> help <@U0ANA>", "") == "help <@U0ANA>"


@given(text=st.text())
def test_any_text_is_read(text: str) -> None:
    without_mention(text, "U0BOT")
    is_typed_command(text)


@pytest.mark.parametrize(
    ("body", "user"),
    [
        ({"authorizations": [{"user_id": "U0BOT"}]}, "U0BOT"),
        ({"authorizations": []}, ""),
        ({}, ""),
    ],
    ids=["named", "an empty list", "not named"],
)
def test_the_own_user_is_who_slack_authorised(body: dict[str, object], user: str) -> None:
    assert bot_user_of(body) == user


def test_help_and_buttons_know_exactly_what_is_answered() -> None:
    listed = {verb.word for verb in VERBS}

    assert set(SPEAKERS) - listed == {"touchbase"}
    drawn = help_page().text
    assert all(f"`{verb.command}`" in drawn for verb in VERBS)
    alone = help_page(is_direct=True).text
    assert all(f"`{verb.word if not verb.by_mention else verb.command}`" in alone for verb in VERBS)
    assert "`/" not in alone


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.word)
def test_the_word_of_every_verb_and_so_its_button_is_answered(verb: Verb) -> None:
    writer = Writer(now=MONDAY_NOON, zone="America/New_York")

    assert subject_of(read_command("/touchbase", verb.word, writer)) in SPEAKERS


@pytest.mark.parametrize(
    ("text", "is_command"),
    [
        ("/touchbase setup", True),
        ("  /TOUCHBASE", True),
        ("/touchbases", False),
        ("I typed /touchbase", False),
        ("", False),
    ],
)
def test_a_command_typed_as_text_is_known(text: str, is_command: bool) -> None:
    assert is_typed_command(text) == is_command
