"""Whatever people type: it is answered in a sentence, calls nobody, and makes nothing half."""

from typing import Any

import pytest

from tests.flows.conftest import CHANNEL, Touchbase, texts

COMMANDS = (
    "/touchbase",
    "/touchbase away",
    "/touchbase dayoff",
    "/touchbase people",
    "/touchbase setup",
    "/deliverable",
    "/deliverable <@U0ANA000000>",
    "/deliverable done",
    "/deliverable move",
    "/checkin",
    "/checkin weekly",
    "/checkin move to",
    "/pulse",
    "/gaps",
)
BROKE = "Something went wrong"
# What Slack would act on, had it not been escaped.
CALLS = ("<!channel", "<!here", "<!everyone", "<https://evil")


def marked_up(part: Any) -> list[str]:
    """Everything in which Slack would read a call."""
    if isinstance(part, dict):
        own = [str(part["text"])] if part.get("type") == "mrkdwn" else []
        return own + [line for inner in part.values() for line in marked_up(inner)]
    return [line for inner in part for line in marked_up(inner)] if isinstance(part, list) else []


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("x" * 3000, id="3,000 characters"),
        pytest.param("word " * 600, id="600 words"),
        pytest.param("🎉👩🏽‍🚀 :tada: 🇵🇭", id="emoji"),
        pytest.param("<!channel> <!here> <!everyone> @here", id="calls to everybody"),
        pytest.param("<https://evil.example|Acme> *bold* `code` & <b>", id="markup"),
        pytest.param("שלום عليكم \u202etxet", id="right to left"),
        pytest.param("\x00\x07 \ud7ff \u200b \ufeff", id="characters that nobody sees"),
        pytest.param("'; DROP TABLE people; --", id="what is no SQL here"),
    ],
)
def test_any_words_behind_any_command_are_answered_and_make_nothing(
    touchbase: Touchbase, words: str
) -> None:
    touchbase.agreed()
    slack = touchbase.slack
    before = touchbase.from_bot()

    for typed in COMMANDS:
        command, _, start = typed.partition(" ")
        answer = slack.command(CHANNEL, "maria", command, f"{start} {words}".strip())
        shown = slack.views("maria")["modals"]
        for view in shown:
            slack.do("close", user="maria", view_id=view["id"])

        assert answer.get("text") or shown, typed
        for part in (answer, *shown):
            read = "\n".join((str(part.get("text", "")), *marked_up(part)))
            assert [call for call in CALLS if call in read] == [], typed
            assert BROKE not in f"{part.get('text')}{texts(part)}", typed
    touchbase.calm()

    assert [m["text"] for m in touchbase.from_bot()] == [m["text"] for m in before]
    assert "Open here" not in slack.command(CHANNEL, "maria", "/deliverable", "list")["text"]


@pytest.mark.parametrize(
    ("owner", "asked"),
    [
        pytest.param("touchbase", "An app cannot owe anything", id="a bot"),
        pytest.param("liza", "is no longer in Slack", id="somebody deactivated"),
        pytest.param("nora", "is on neither side's list", id="somebody of neither side"),
    ],
)
def test_who_cannot_owe_is_asked_about_and_nothing_is_written_down(
    touchbase: Touchbase, owner: str, asked: str
) -> None:
    touchbase.agreed()
    slack = touchbase.slack
    if owner == "nora":
        slack.do("member", channel=CHANNEL, user="nora", joined=True)
    if owner == "liza":
        slack.do("user", user="liza", deleted=True)
    touchbase.calm()

    slack.command(CHANNEL, "maria", "/deliverable", f"<@{slack.user_id(owner)}> deck by friday")

    form = slack.modal("maria")
    assert asked in texts(form)
    refused = slack.submit("maria")
    assert set(refused["errors"]) == {"owner"}
    slack.do("close", user="maria", view_id=form["id"])
    assert "Nothing is open" in slack.command(CHANNEL, "maria", "/deliverable", "list")["text"]


def test_somebody_of_neither_side_can_do_nothing_and_sees_nothing(touchbase: Touchbase) -> None:
    touchbase.agreed()
    slack = touchbase.slack
    slack.do("member", channel=CHANNEL, user="nora", joined=True)
    touchbase.calm()
    hub = touchbase.message_with("hub.more")
    before = [m["text"] for m in touchbase.from_bot()]

    for action_id in ("hub.mine", "hub.deliverable", "hub.checkin", "hub.gaps"):
        slack.click("nora", action_id, channel=CHANNEL, ts=hub["ts"])
    touchbase.calm()

    for view in slack.views("nora")["modals"]:
        assert view["callback_id"] == "touchbase.notice"
    assert [m["text"] for m in touchbase.from_bot()] == before


def test_while_a_third_company_listens_who_asks_is_answered_alone(touchbase: Touchbase) -> None:
    touchbase.agreed()
    slack = touchbase.slack
    slack.do("member", channel=CHANNEL, user="nora", joined=True)
    touchbase.calm()
    before = len(touchbase.from_bot())

    slack.say(CHANNEL, "ana", f"<@{slack.user_id('touchbase')}> frobnicate")
    touchbase.calm()

    own = [m for m in touchbase.messages() if m.get("ephemeral_to") == slack.user_id("ana")]
    assert "I did not understand “frobnicate”" in own[-1]["text"]
    assert len(touchbase.from_bot()) == before


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        pytest.param("dayoff 2 jan 2020 us", "That is past already.", id="a day off"),
        pytest.param("away until yesterday", "That is past already.", id="time away"),
        pytest.param("away until 31 feb", "There is no such day", id="no day at all"),
        pytest.param("pause until yesterday", "I understood no end to come.", id="a pause"),
    ],
)
def test_days_that_cannot_be_are_asked_about_with_an_example(
    touchbase: Touchbase, words: str, asked: str
) -> None:
    touchbase.agreed()

    said = touchbase.slack.command(CHANNEL, "maria", "/touchbase", words)["text"]

    assert asked in said
    assert "As in: " in said
