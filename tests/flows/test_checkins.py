"""Check-ins over the wire: planned by words and forms, told, reminded, confirmed."""

import pytest

from tests.flows.checkin_acts import (
    TUESDAYS,
    about,
    plan,
    press_private,
    press_private_twice,
    say,
    sole_check_in,
)
from tests.flows.conftest import CHANNEL, CLIENT_INSTALLS, Touchbase, action_ids, texts
from tests.people import Json

# Creating


def test_words_are_said_back_in_both_zones_and_nothing_is_created(touchbase: Touchbase) -> None:
    touchbase.agreed()
    posted = len(touchbase.from_bot())

    said = say(touchbase, TUESDAYS)

    assert "Every Tuesday 10:00 New York = 22:00 or 23:00 Manila" in said["text"]
    assert "outside Globalcall's hours; nearest: 17:00" in said["text"]
    assert "Next: Tue 20 Oct, Tue 27 Oct, Tue 3 Nov, Tue 10 Nov, Tue 17 Nov." in said["text"]
    assert "ops review" not in say(touchbase, "list")["text"]
    assert len(touchbase.from_bot()) == posted


def test_create_tells_both_sides_in_the_thread_once(touchbase: Touchbase) -> None:
    touchbase.agreed()
    week = next(m for m in touchbase.from_bot() if m["text"].startswith("*This week*"))

    say(touchbase, TUESDAYS)
    press_private_twice(touchbase, "maria", "checkin.create")
    touchbase.calm()

    (told,) = about(touchbase, "planned a check-in")
    assert told["thread_ts"] == week["ts"]
    assert told["text"].startswith("Acme Retail planned a check-in")
    assert "Tue 20 Oct 10:00 New York = Tue 20 Oct 22:00 Manila" in told["text"]
    assert say(touchbase, "list")["text"].count("*ops review*") == 1
    private = [m["text"] for m in touchbase.messages() if m.get("ephemeral_to")]
    assert any("Created: *ops review*" in text for text in private)


def test_this_week_and_the_hub_show_the_next_check_in(touchbase: Touchbase) -> None:
    touchbase.agreed()

    plan(touchbase)

    shown = [m for m in touchbase.from_bot() if "Next check-in" in m["text"]]
    assert len(shown) == 2
    assert all("ops review" in m["text"] for m in shown)


def test_what_is_still_open_is_asked_in_the_form_and_the_words_stay(touchbase: Touchbase) -> None:
    touchbase.agreed()

    say(touchbase, "weekly quality talk")

    form = touchbase.slack.modal("maria")
    assert "On which day?" in texts(form)
    title = next(b for b in form["blocks"] if b["block_id"] == "title")
    assert title["element"]["initial_value"] == "quality talk"


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        pytest.param("weekly tue 25:00 review", "There is no such time", id="no such hour"),
        pytest.param("daily 9am standup", "On all seven days, or on working days?", id="daily"),
        pytest.param("every tue 10am us time", "That place has several zones.", id="four zones"),
        pytest.param("weekly monthly tue 10am", "I understood two rhythms.", id="two rhythms"),
    ],
)
def test_what_is_wrong_with_a_rhythm_is_said(touchbase: Touchbase, words: str, asked: str) -> None:
    touchbase.agreed()

    say(touchbase, words)

    assert asked in texts(touchbase.slack.modal("maria"))


def test_a_rhythm_without_a_time_gets_one_suggested(touchbase: Touchbase) -> None:
    touchbase.agreed()

    said = say(touchbase, "last friday of the month")

    assert "The last Friday of each month 10:00 New York" in said["text"]
    assert "You named no time" in said["text"]


def test_an_outsider_plans_a_check_in_from_the_hub(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.press("ana", "hub.checkin")
    form = touchbase.slack.modal("ana")["id"]

    wrong = touchbase.slack.submit(
        "ana", values={"title": {"value": "Quality talk"}, "link": {"value": "meet me"}}
    )
    touchbase.slack.click("ana", "checkin.rhythm", view_id=form, selected="quarter_weekday")
    switched = touchbase.slack.modal("ana")
    fields = _fields(switched)
    answers = {"nth": "-1", "weekday": "3", "month": "2", "time": "16:00", "zone": "Manila"}
    further = {"minutes": "45", "link": "https://meet.example/q", "calendars": "no"}
    shown = touchbase.slack.submit(
        "ana", values={name: {"value": value} for name, value in {**answers, **further}.items()}
    )
    touchbase.slack.click("ana", "checkin.back", view_id=form)
    again = touchbase.slack.submit("ana", values={"weekday": {"value": "2"}})

    assert set(wrong["errors"]) == {"days", "link"}
    assert fields["title"]["element"]["initial_value"] == "Quality talk"
    assert {"checkin.change_open", "preset.use"} <= action_ids(switched)
    assert shown["action"] == "updated"
    quarterly = "of February, May, August and November 16:00 Manila"
    assert f"The last Thursday {quarterly}" in texts(shown["view"])
    assert "The two never work at the same time: Acme Retail until" in texts(shown["view"])
    assert f"The last Wednesday {quarterly}" in texts(again["view"])
    assert touchbase.slack.submit("ana")["action"] == "closed"
    touchbase.calm()
    (told,) = about(touchbase, "planned a check-in", "*Quality talk*")
    assert told["text"].startswith("Globalcall planned a check-in")
    assert "invitation.post" in action_ids(told)


def _fields(view: Json) -> dict[str, Json]:
    return {block["block_id"]: block for block in view["blocks"] if "element" in block}


def test_change_opens_the_form_as_the_words_were_understood(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, "every other thursday 3pm manila, 45 min, quality talk")

    press_private(touchbase, "maria", "checkin.form_open")
    shown = touchbase.slack.submit("maria")

    assert "Every other Thursday 15:00 Manila" in texts(shown["view"])
    assert "*quality talk*, 45 minutes." in texts(shown["view"])


def test_who_is_no_lead_sees_the_list_and_cannot_create(touchbase: Touchbase) -> None:
    touchbase.agreed()

    listed = say(touchbase, "", user="james")
    refused = say(touchbase, TUESDAYS, user="james")

    assert "Operations review" in listed["text"]
    assert "checkin.form_open" not in action_ids(listed)
    assert "This can be done by a lead of either side" in refused["text"]


def test_before_the_other_side_agreed_a_check_in_is_planned_in_silence(
    touchbase: Touchbase,
) -> None:
    touchbase.set_up()
    posted = len(touchbase.from_bot())

    plan(touchbase)
    touchbase.slack.move_to("2026-10-20T16:00:00Z")

    assert "ops review" in say(touchbase, "list")["text"]
    assert len(touchbase.from_bot()) == posted


def test_while_only_the_installer_looks_nobody_else_learns_of_it(touchbase: Touchbase) -> None:
    touchbase.slack.command(CHANNEL, "maria", "/touchbase", CLIENT_INSTALLS)
    touchbase.slack.submit("maria")
    touchbase.slack.submit("maria", values={"start": {"value": "look"}})

    own = say(touchbase, "list")
    other = say(touchbase, "list", user="james")

    assert "No check-in is planned" in own["text"]
    assert "No partnership is set up in this channel yet" in other["text"]


# A turn, from agenda to confirmation


def test_a_turn_is_told_reminded_started_and_asked_about(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    touchbase.slack.move_to("2026-10-27T15:00:00Z")
    weeks = {m["ts"] for m in touchbase.from_bot() if m["text"].startswith("*This week*")}

    # The turn of 27 October, 10:00 in New York, 22:00 in Manila.
    told = about(touchbase, "Tue 27 Oct 10:00 New York")
    turn = [m for m in told if not m["text"].startswith(("Agenda", "*This week*", "*Acme"))]
    days = ("Mon 26 Oct", "Tue 27 Oct")
    reminded = [m for day in days for m in about(touchbase, "Reminded of") if day in m["text"]]
    turn = [*reminded, *turn]
    at = [m["ts"].partition(".")[0] for m in turn]
    start = next(m for m in turn if "Check-in:" in m["text"])
    question = turn[-1]

    assert at == [
        "1793023200",  # Monday 10:00 in New York: the day before
        "1793091600",  # Tuesday 17:00 in Manila: an hour before the shift ends
        "1793109000",  # ten minutes before
        "1793111400",  # at the end
    ]
    assert start.get("thread_ts") in {None, start["ts"]}
    assert "take place?" in question["text"]
    replies = [m for m in turn if m is not start]
    assert {m["thread_ts"] for m in replies} == {max(weeks)}
    assert "<!date^1793109600^" in start["text"]


def test_wall_time_is_kept_when_clocks_go_back(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)

    touchbase.slack.move_to("2026-11-03T14:55:00Z")

    starts = [m for m in about(touchbase, "10:00 New York") if "Coming up" in m["text"]]
    assert starts[-1]["ts"].partition(".")[0] == "1793717400"  # 3 November, 14:50 UTC
    assert "Tue 3 Nov 10:00 New York" in starts[-1]["text"]


def test_each_side_answers_for_itself_and_may_change_it(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    touchbase.slack.move_to("2026-10-20T14:31:00Z")
    asked = touchbase.message_with("checkin.held")

    touchbase.press("ana", "checkin.held")
    touchbase.press("ana", "checkin.held")
    touchbase.press("maria", "checkin.not_held")
    touchbase.press("maria", "checkin.other_day")
    touchbase.calm()

    answered = touchbase.message_with("checkin.held")
    assert answered["ts"] == asked["ts"]
    assert (
        "Acme Retail: it took place on another day. Globalcall: it took place." in answered["text"]
    )
    assert "Ana" not in answered["text"]


def test_a_lead_who_was_not_at_work_is_asked_the_next_morning(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    ana = touchbase.slack.user_id("ana")

    touchbase.slack.move_to("2026-10-20T23:00:00Z")
    in_the_night = about(touchbase, "take place?")
    touchbase.slack.move_to("2026-10-21T01:01:00Z")
    asked = about(touchbase, "take place?")[-1]
    touchbase.slack.click("ana", "checkin.held", channel=CHANNEL, ts=asked["ts"])
    touchbase.calm()

    assert [f"<@{ana}>" in m["text"] for m in in_the_night] == [False]
    assert f"<@{ana}> Did *ops review*" in asked["text"]
    assert asked["ts"].partition(".")[0] == "1792544400"  # Wednesday 9:00 in Manila
    answered = about(touchbase, "take place?")
    assert len(answered) == 2
    assert all("Globalcall: it took place." in m["text"] for m in answered)


def test_who_answered_at_night_is_not_asked_in_the_morning(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    touchbase.slack.move_to("2026-10-20T15:00:00Z")

    touchbase.press("ana", "checkin.held")
    touchbase.slack.move_to("2026-10-21T02:00:00Z")

    assert len(about(touchbase, "take place?")) == 1


def test_this_week_says_for_whom_a_word_is_awaited(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    touchbase.slack.move_to("2026-10-20T14:31:00Z")

    touchbase.press("maria", "checkin.held")
    touchbase.calm()

    week = next(m for m in touchbase.from_bot() if m["text"].startswith("*This week*"))
    assert "Waiting for Globalcall" in texts(week)
    assert "Waiting for Acme Retail" not in texts(week)
    assert "to be confirmed" in texts(week)
    question = touchbase.message_with("checkin.held")
    assert f"/p{question['ts'].replace('.', '')}?thread_ts={week['ts']}" in texts(week)


def test_a_point_of_an_outsider_stands_on_the_agenda_without_calling_anybody(
    touchbase: Touchbase,
) -> None:
    sole_check_in(touchbase)
    touchbase.press("ana", "checkin.add_point")
    empty = touchbase.slack.submit("ana", values={"point": {"value": "   "}})

    touchbase.slack.submit("ana", values={"point": {"value": "<!channel> refunds *at night*"}})
    touchbase.calm()

    assert set(empty["errors"]) == {"point"}
    (agenda,) = about(touchbase, "Agenda:")
    assert "1 point and 8 topics on the agenda" in agenda["text"]
    assert "&lt;!channel&gt; refunds" in texts(agenda)
    assert "(Globalcall)" in texts(agenda)
    assert "<!channel>" not in str(agenda["blocks"])


def test_late_and_absent_name_the_side_and_are_said_once(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    touchbase.slack.move_to("2026-10-20T13:51:00Z")

    touchbase.press("ana", "checkin.late")
    touchbase.press("ana", "checkin.late")
    touchbase.press("maria", "checkin.absent")
    touchbase.calm()

    assert len(about(touchbase, "Globalcall: somebody is running late for")) == 1
    assert len(about(touchbase, "Acme Retail: somebody can't make")) == 1


def test_who_only_sits_in_the_channel_cannot_press(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    before = len(touchbase.from_bot())

    touchbase.press("hank", "checkin.late")
    touchbase.calm()

    private = [m["text"] for m in touchbase.messages() if m.get("ephemeral_to")]
    assert "You read along here. A lead of Acme Retail can add you" in private[-1]
    assert len(touchbase.from_bot()) == before


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("<!channel> and <!here>", id="a call to everybody"),
        pytest.param("🎉 " * 400, id="emoji"),
        pytest.param("مراجعة العمليات \u202e", id="right to left"),
        pytest.param("x" * 2900, id="three thousand characters"),
    ],
)
def test_a_title_of_any_kind_is_kept_harmless(touchbase: Touchbase, title: str) -> None:
    touchbase.agreed()
    before = len(touchbase.from_bot())

    said = say(touchbase, f"weekly tue 10am {title}")
    press_private(touchbase, "maria", "checkin.create")
    touchbase.calm()

    assert "Every Tuesday 10:00 New York" in said["text"]
    assert len(touchbase.from_bot()) > before
    assert not any("<!" in m["text"].replace("<!date", "") for m in touchbase.from_bot())
