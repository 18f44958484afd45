import pytest

from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts
from tests.people import Json

# The world starts on Monday 19 October 2026, 09:00 in New York.


def typed(touchbase: Touchbase, words: str, user: str = "maria") -> Json:
    return touchbase.slack.command(CHANNEL, user, "/touchbase", words)


def private(touchbase: Touchbase, user: str) -> list[Json]:
    whom = touchbase.slack.user_id(user)
    return [m for m in touchbase.messages() if m.get("ephemeral_to") == whom]


@pytest.mark.parametrize(
    ("words", "echo"),
    [
        pytest.param("away until monday", "Mon 19 Oct to Sun 25 Oct", id="until a day"),
        pytest.param("ooo 24-28 dec", "Thu 24 Dec to Mon 28 Dec", id="a range"),
        pytest.param("sick today", "Mon 19 Oct", id="sick, without a reason shown"),
        pytest.param("off fri pm", "Fri 23 Oct", id="half a day"),
    ],
)
def test_time_away_is_said_back_with_weekdays(touchbase: Touchbase, words: str, echo: str) -> None:
    touchbase.agreed()

    said = typed(touchbase, words)

    assert said["text"].startswith(f"You are away {echo}")
    assert said["text"].endswith("New York.")
    assert "sick" not in texts(said)
    assert action_ids(said) == {"away.undo", "away.change"}


def test_undo_takes_it_back_and_a_second_press_changes_nothing(touchbase: Touchbase) -> None:
    touchbase.agreed()
    hub = touchbase.message_with("hub.more")
    slack = touchbase.slack
    slack.click("maria", "hub.more", channel=CHANNEL, ts=hub["ts"])
    slack.click("maria", "hub.away", view_id=slack.modal("maria")["id"])
    noted = slack.submit("maria", values={"until": {"value": "2026-10-23"}})["view"]

    slack.click("maria", "away.undo", view_id=noted["id"])
    first = texts(slack.modal("maria"))
    slack.do("close", user="maria", view_id=slack.modal("maria")["id"])
    slack.click("maria", "away.undo", view_id=noted["id"])

    assert "Mon 19 Oct to Fri 23 Oct" in texts(noted)
    assert "Taken back" in first
    assert "not noted any more" in texts(slack.modal("maria"))
    assert "as far as I know" in typed(touchbase, "back")["text"]


def test_an_outsider_is_away_by_a_mention_and_changes_it_in_a_form(touchbase: Touchbase) -> None:
    touchbase.agreed()
    slack = touchbase.slack
    ts = slack.say(CHANNEL, "ana", f"<@{slack.user_id('touchbase')}> away until friday")
    touchbase.calm()
    reply = touchbase.replies(ts)[-1]

    slack.click("ana", "away.change", channel=CHANNEL, ts=reply["ts"])
    part = {"part": {"value": "first"}}
    refused = slack.submit("ana", values=part)
    wednesday = {"value": "2026-10-21"}
    changed = slack.submit("ana", values={"from": wednesday, "until": wednesday, **part})

    assert "Mon 19 Oct to Thu 22 Oct, Manila" in reply["text"]
    # Both companies read it here, so it claims nothing else.
    assert "Both sides read this thread" in texts(reply)
    assert "told nothing" not in texts(reply)
    assert "one day only" in refused["errors"]["part"]
    assert "Wed 21 Oct, 09:00 to 13:30, Manila" in texts(changed["view"])


def test_a_press_of_somebody_else_changes_nothing_of_ones_own(touchbase: Touchbase) -> None:
    touchbase.agreed()
    slack = touchbase.slack
    ts = slack.say(CHANNEL, "ana", f"<@{slack.user_id('touchbase')}> away until friday")
    touchbase.calm()
    reply = touchbase.replies(ts)[-1]

    slack.click("maria", "away.undo", channel=CHANNEL, ts=reply["ts"])
    touchbase.calm()
    slack.click("ana", "away.undo", channel=CHANNEL, ts=reply["ts"])
    touchbase.calm()

    assert "not noted any more" in private(touchbase, "maria")[-1]["text"]
    assert "Taken back" in private(touchbase, "ana")[-1]["text"]


def test_back_ends_what_runs_and_can_be_undone(touchbase: Touchbase) -> None:
    touchbase.agreed()
    slack = touchbase.slack
    typed(touchbase, "away until friday")
    slack.advance("PT1H")
    ts = slack.say(CHANNEL, "maria", f"<@{slack.user_id('touchbase')}> back")
    touchbase.calm()
    reply = private(touchbase, "maria")[-1]

    slack.click("maria", "away.again", channel=CHANNEL, ts=reply["ts"])
    touchbase.calm()

    # It is hers alone, so nobody else reads it.
    assert touchbase.replies(ts) == []
    assert reply["text"] == "Welcome back."
    assert "my next message to you says so" in texts(reply)
    assert "to Thu 22 Oct" in private(touchbase, "maria")[-1]["text"]
    assert typed(touchbase, "back")["text"] == "Welcome back."


def test_back_names_a_coming_absence_and_leaves_it(touchbase: Touchbase) -> None:
    touchbase.agreed()
    typed(touchbase, "ooo 24-28 dec")

    said = typed(touchbase, "back")

    assert "Thu 24 Dec to Mon 28 Dec" in said["text"]
    assert action_ids(said) == {"away.undo"}


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        pytest.param("away 32 december", "no such day", id="no such day"),
        pytest.param("away yesterday", "past already", id="past"),
    ],
)
def test_days_that_cannot_be_are_asked_and_nothing_is_noted(
    touchbase: Touchbase, words: str, asked: str
) -> None:
    touchbase.agreed()

    said = typed(touchbase, words)

    assert asked in said["text"]
    assert action_ids(said) == {"away.change"}
    assert "as far as I know" in typed(touchbase, "back")["text"]


def test_who_is_on_no_list_has_no_time_away(touchbase: Touchbase) -> None:
    touchbase.agreed()

    said = typed(touchbase, "away until monday", user="james")

    maria = touchbase.slack.user_id("maria")
    assert said["text"] == f"You read along here. A lead of Acme Retail can add you: <@{maria}>."


def test_a_day_off_of_a_side_stands_in_this_week_until_it_is_taken_back(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    slack = touchbase.slack

    ts = slack.say(
        CHANNEL, "ana", f'<@{slack.user_id("touchbase")}> dayoff friday "typhoon <!channel>" vendor'
    )
    touchbase.calm()
    reply = touchbase.replies(ts)[-1]
    week = texts(touchbase.message_with("hub.more"))
    slack.click("ana", "dayoff.undo", channel=CHANNEL, ts=reply["ts"])
    touchbase.calm()

    assert "Globalcall is off Fri 23 Oct" in reply["text"]
    assert "typhoon" in week
    assert "<!channel>" not in week
    assert "typhoon" not in texts(touchbase.message_with("hub.more"))
    assert "works Fri 23 Oct as usual" in private(touchbase, "ana")[-1]["text"]


def test_only_a_lead_of_the_side_gives_it_a_day_off(touchbase: Touchbase) -> None:
    touchbase.agreed()

    other = typed(touchbase, 'dayoff today "typhoon" vendor')
    nobody = typed(touchbase, "dayoff today", user="james")
    both = typed(touchbase, 'dayoff 1 dec "inventory" both')

    assert "This can be done by a lead of Globalcall." in other["text"]
    assert "This can be done by a lead of Acme Retail." in nobody["text"]
    assert both["text"].startswith("Acme Retail is off")
    assert "For Globalcall a lead of Globalcall says so" in both["text"]


def test_a_day_that_is_past_is_no_day_off_any_more(touchbase: Touchbase) -> None:
    touchbase.agreed()

    past, today = typed(touchbase, "dayoff yesterday"), typed(touchbase, "dayoff today")

    assert "That is past already" in past["text"]
    assert "Acme Retail is off Mon 19 Oct" in today["text"]


def test_a_day_off_by_the_form(touchbase: Touchbase) -> None:
    touchbase.agreed()
    slack = touchbase.slack

    slack.command(CHANNEL, "maria", "/touchbase", "dayoff")
    late = slack.submit("maria", values={"until": {"value": "2026-10-18"}})
    values = {"until": {"value": "2026-10-19"}, "label": {"value": "Moving"}}
    saved = slack.submit("maria", values=values)
    touchbase.calm()

    assert "comes before the first" in late["errors"]["until"]
    assert "Acme Retail is off Mon 19 Oct" in texts(saved["view"])
    assert "Moving" in texts(touchbase.message_with("hub.more"))
