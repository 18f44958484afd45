"""What people hear when Slack will not take what they asked the bot to say."""

import pytest

from tests.flows.conftest import CHANNEL, Touchbase


@pytest.mark.parametrize(
    ("command", "words", "pressed"),
    [
        pytest.param("/deliverable", "<@U0ANA000000> deck by friday", None, id="a deliverable"),
        pytest.param("/checkin", "weekly thu 10am review", "checkin.create", id="a check-in"),
    ],
)
def test_who_asked_hears_that_slack_did_not_take_it(
    touchbase: Touchbase, command: str, words: str, pressed: str | None
) -> None:
    touchbase.agreed()
    touchbase.slack.fault("chat.postMessage", "error:restricted_action")

    touchbase.slack.command(CHANNEL, "maria", command, words)
    if pressed is not None:
        touchbase.press("maria", pressed)
    touchbase.calm()

    told = [message["text"] for message in touchbase.slack.direct_messages("maria")]
    assert any("Slack did not take what you asked me to say" in text for text in told), told
    assert any("restricted" in text for text in told), told


def test_who_cannot_be_written_to_directly_is_mentioned_in_the_weeks_thread(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    touchbase.slack.fault("conversations.open", "error:user_not_found", times=5)

    touchbase.slack.command(
        CHANNEL, "maria", "/deliverable", "<@U0MARIA0000> refund script by tomorrow"
    )
    touchbase.slack.advance("PT49H")

    assert touchbase.slack.direct_messages("maria") == []
    maria = f"<@{touchbase.slack.user_id('maria')}>"
    called = [m for m in touchbase.from_bot() if m["text"].startswith(maria)]
    assert any("refund script" in str(m["blocks"]) for m in called), called
    assert all(m.get("thread_ts") for m in called)
