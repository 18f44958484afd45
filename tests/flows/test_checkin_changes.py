"""Check-ins over the wire: moved, skipped, ended and taken back, by both sides."""

import pytest

from tests.flows.checkin_acts import (
    about,
    plan,
    press_private,
    press_private_twice,
    say,
    sole_check_in,
)
from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts


def test_a_move_is_shown_first_and_then_changes_the_posts_in_place(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    touchbase.slack.move_to("2026-10-20T09:30:00Z")
    agenda_ts = about(touchbase, "Agenda:")[0]["ts"]

    said = say(touchbase, "move to thu 4pm, the data came late")
    before = len(about(touchbase, "is moved from"))
    press_private_twice(touchbase, "maria", "checkin.move")
    touchbase.calm()

    to = "Thu 22 Oct 16:00 New York = Fri 23 Oct 04:00 Manila"
    outside = "(outside Globalcall's hours; nearest: 09:00 Manila)"
    assert f"{to}* {outside}." in said["text"]
    assert before == 0
    (told,) = about(touchbase, "is moved from")
    assert told["text"].startswith("Acme Retail: *ops review* is moved from")
    never = "the two never work at the same time; next hand-over: Thu 22 Oct 21:00 New York"
    warned = f"{outside.removesuffix(')')}; {never} = Fri 23 Oct 09:00 Manila)"
    assert f"({to}) {warned}. Reason: “the data came late”" in told["text"]
    (agenda,) = about(touchbase, "Agenda:")
    assert agenda["ts"] == agenda_ts
    assert "Thu 22 Oct 16:00 New York" in agenda["text"]


def test_a_moved_turn_is_reminded_of_again_and_the_next_one_keeps_its_day(
    touchbase: Touchbase,
) -> None:
    sole_check_in(touchbase)
    touchbase.slack.move_to("2026-10-20T09:30:00Z")
    say(touchbase, "move to thu 4pm")
    press_private(touchbase, "maria", "checkin.move")

    touchbase.slack.move_to("2026-10-22T19:55:00Z")
    told = about(touchbase, "Thu 22 Oct 16:00 New York")
    reminded = about(touchbase, "Reminded of *ops review* on Wed 21 Oct")
    touchbase.slack.move_to("2026-10-22T21:00:00Z")

    assert any(m["text"].startswith("Coming up") for m in told)
    assert "1792612800" in {m["ts"].partition(".")[0] for m in reminded}  # Wednesday 16:00
    assert "Tue 27 Oct 10:00" in say(touchbase, "list")["text"]


def test_a_move_to_a_day_off_is_said_before_and_after(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    touchbase.slack.move_to("2026-11-24T09:30:00Z")

    said = say(touchbase, "move to thu 26 nov 10am")
    press_private(touchbase, "maria", "checkin.move")
    touchbase.calm()

    (told,) = about(touchbase, "is moved from")
    # Thanksgiving in New York; 23:00 in Manila.
    for text in (said["text"], told["text"]):
        assert "Acme Retail is off that day" in text
        assert "outside Globalcall's hours; nearest: 17:00 Manila" in text


def test_all_that_follow_move_along(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    say(touchbase, "move to thu 4pm")
    press_private(touchbase, "maria", "checkin.move_all")
    touchbase.calm()

    touchbase.slack.move_to("2026-10-22T21:00:00Z")

    (told,) = about(touchbase, "is moved from")
    assert "From then on: Every Thursday at 16:00 New York" in told["text"]
    assert "Thu 29 Oct 16:00 New York" in say(touchbase, "list")["text"]


def test_next_week_is_skipped_and_can_be_given_a_time_again(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)

    said = say(touchbase, "skip next week")
    press_private(touchbase, "maria", "checkin.skip")
    touchbase.calm()
    (told,) = about(touchbase, "skipped")
    touchbase.slack.move_to("2026-10-20T15:00:00Z")
    after = say(touchbase, "list")["text"]

    assert "Tue 27 Oct 10:00 New York" in said["text"]
    assert "Acme Retail skipped" in told["text"]
    assert "Tue 3 Nov 10:00 New York" in after
    assert "Tue 27 Oct" not in after


@pytest.mark.parametrize(
    ("words", "action_id", "moved_to"),
    [
        pytest.param("move to thu 4pm", "checkin.move", "Thu 22 Oct", id="this one"),
        pytest.param("move to thu 4pm", "checkin.move_all", "Thu 22 Oct", id="all that follow"),
        pytest.param("skip", "checkin.skip", "Tue 27 Oct", id="skipped"),
    ],
)
def test_a_change_can_be_undone_by_the_other_side(
    touchbase: Touchbase, words: str, action_id: str, moved_to: str
) -> None:
    sole_check_in(touchbase)
    say(touchbase, words)
    press_private(touchbase, "maria", action_id)
    touchbase.calm()
    changed = say(touchbase, "list")["text"]

    undo = "checkin.move_all" if action_id == "checkin.move_all" else "checkin.move"
    told = [m for m in touchbase.from_bot() if undo in action_ids(m)][-1]
    touchbase.slack.click("ana", undo, channel=CHANNEL, ts=told["ts"])
    touchbase.calm()

    assert moved_to in changed
    listed = say(touchbase, "list")["text"]
    assert "Tue 20 Oct 10:00 New York" in listed
    assert "Every Tuesday at 10:00 New York" in listed


def test_an_outsider_moves_a_turn_with_the_form_once_it_was_previewed(
    touchbase: Touchbase,
) -> None:
    sole_check_in(touchbase)
    touchbase.press("ana", "checkin.change")

    empty = touchbase.slack.submit("ana", values={"when": {"value": "whenever"}})
    past = touchbase.slack.submit("ana", values={"when": {"value": "19 Oct 2026 8pm"}})
    same = touchbase.slack.submit("ana", values={"when": {"value": "20 Oct 2026 10pm"}})
    shown = touchbase.slack.submit(
        "ana", values={"when": {"value": "thursday 9pm"}, "reason": {"value": "storm"}}
    )
    touchbase.calm()
    before = about(touchbase, "is moved from")
    for _ in range(2):
        touchbase.slack.post("submit", user="ana", view_id=shown["view"]["id"], values={})
    touchbase.calm()

    assert {*empty["errors"], *past["errors"], *same["errors"]} == {"when"}
    assert shown["action"] == "updated"
    assert before == []
    (told,) = about(touchbase, "is moved from")
    assert shown["view"]["blocks"][0]["text"]["text"] == told["text"]
    assert told["text"].startswith("Globalcall: *ops review*")
    assert "Thu 22 Oct 09:00 New York = Thu 22 Oct 21:00 Manila" in told["text"]


def test_with_several_check_ins_it_is_asked_which(touchbase: Touchbase) -> None:
    touchbase.agreed()
    plan(touchbase)

    said = say(touchbase, "cancel")
    press_private(touchbase, "maria", "checkin.end", number=0)
    touchbase.calm()

    assert "*ops review*" in said["text"]
    assert "*Operations review*" in said["text"]
    listed = say(touchbase, "list")["text"]
    assert ("*ops review*" in listed) != ("*Operations review*" in listed)


def test_an_ended_check_in_says_so_and_never_comes_again(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    say(touchbase, "cancel")
    press_private(touchbase, "maria", "checkin.end")
    touchbase.calm()
    told = about(touchbase, "ended")
    posted = len(about(touchbase, "Coming up"))

    touchbase.slack.move_to("2026-10-28T15:00:00Z")

    assert len(told) == 1
    assert len(about(touchbase, "Coming up")) == posted == 0
    assert "No check-in is planned" in say(touchbase, "list")["text"]


def test_ending_asks_first_and_can_be_taken_back_by_the_other_side(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    touchbase.slack.move_to("2026-10-20T09:30:00Z")
    asked = say(touchbase, "cancel")
    press_private_twice(touchbase, "maria", "checkin.end")
    touchbase.calm()
    (agenda,) = about(touchbase, "Agenda:")
    ended = say(touchbase, "list")["text"]

    touchbase.press_twice("ana", "checkin.resume")
    touchbase.calm()

    (end,) = [e for b in asked["blocks"] for e in b.get("elements", []) if e.get("confirm")]
    assert end["action_id"] == "checkin.end"
    assert "Cancelled." in texts(agenda)
    assert "No check-in is planned" in ended
    (told,) = about(touchbase, "goes on")
    assert told["text"].startswith("Globalcall: *ops review* goes on.")
    assert "Tue 20 Oct 10:00 New York" in say(touchbase, "list")["text"]
    (agenda,) = about(touchbase, "Agenda:")
    assert "Cancelled." not in texts(agenda)
    touchbase.slack.move_to("2026-10-20T13:55:00Z")
    assert len(about(touchbase, "Coming up")) == 1


def test_one_turn_and_all_that_follow_are_called_off_and_taken_back(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)

    asked = say(touchbase, "cancel ops review from 27 oct, the project ends")
    press_private(touchbase, "maria", "checkin.end_from")
    touchbase.calm()
    touchbase.press_twice("ana", "checkin.resume")
    touchbase.calm()
    back = say(touchbase, "skip 27 oct")["text"]
    say(touchbase, "cancel ops review from 27 oct")
    press_private(touchbase, "maria", "checkin.end_from")
    touchbase.slack.move_to("2026-10-27T15:00:00Z")

    assert {"checkin.skip", "checkin.end_from", "checkin.end"} <= action_ids(asked)
    told = about(touchbase, "from Tue 27 Oct on")
    assert len(told) == 2
    assert told[0]["text"].startswith("Acme Retail ended *ops review*")
    assert "Reason: “the project ends”" in told[0]["text"]
    assert len(about(touchbase, "Globalcall: *ops review* goes on.")) == 1
    assert "Tue 27 Oct 10:00 New York" in back
    assert len(about(touchbase, "Tue 20 Oct 10:00 New York")) > 3
    on_that_day = about(touchbase, "Tue 27 Oct 10:00 New York")
    assert not any(m["text"].startswith(("Agenda", "Coming up")) for m in on_that_day)
    assert "No check-in is planned" in say(touchbase, "list")["text"]


def test_the_end_of_a_check_in_stands_after_a_day(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    say(touchbase, "cancel")
    press_private(touchbase, "maria", "checkin.end")
    touchbase.slack.move_to("2026-10-21T15:00:00Z")

    touchbase.press("ana", "checkin.resume")
    touchbase.calm()

    assert "No check-in is planned" in say(touchbase, "list")["text"]
    refused = [m["text"] for m in touchbase.messages() if m.get("ephemeral_to")]
    assert any("can be taken back for a day" in text for text in refused)


def test_an_end_told_privately_is_taken_back_there(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    say(touchbase, "cancel")
    press_private(touchbase, "maria", "checkin.end")
    touchbase.calm()

    press_private(touchbase, "maria", "checkin.resume")
    touchbase.calm()

    assert "Tue 20 Oct 10:00 New York" in say(touchbase, "list")["text"]


def test_a_mention_gets_the_answer_in_its_thread(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    bot_user = touchbase.slack.user_id("touchbase")

    ts = touchbase.slack.say(CHANNEL, "ana", f"<@{bot_user}> checkin move to thursday 9pm")
    touchbase.calm()
    reply = touchbase.replies(ts)[-1]
    touchbase.slack.click("ana", "checkin.move", channel=CHANNEL, ts=reply["ts"])
    touchbase.calm()

    assert "Thu 22 Oct 21:00 Manila" in reply["text"]
    (told,) = about(touchbase, "Globalcall: *ops review* is moved")
    answered = touchbase.replies(ts)[-1]
    assert answered["ts"] == reply["ts"]
    assert answered["text"].startswith("Done.")
    assert "checkin.move" in action_ids(told)


def test_a_rhythm_after_a_mention_says_that_it_was_created_in_place_of_the_button(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    bot_user = touchbase.slack.user_id("touchbase")

    ts = touchbase.slack.say(CHANNEL, "ana", f"<@{bot_user}> checkin weekly wed 9am night review")
    touchbase.calm()
    touchbase.press("ana", "checkin.create")
    touchbase.calm()

    reply = touchbase.replies(ts)[-1]
    assert "Created: *night review*" in reply["text"]
    assert "checkin.create" not in action_ids(reply)


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        pytest.param("move lunch to friday", "no check-in called lunch", id="one nobody planned"),
        pytest.param("skip 24 dec", "No check-in is planned then", id="a day without a turn"),
        pytest.param("move to 3 October 2026 4pm", "That is past", id="a time that is past"),
        pytest.param("move", "I understood no new time", id="no time at all"),
    ],
)
def test_what_cannot_be_done_is_answered_with_what_can(
    touchbase: Touchbase, words: str, answered: str
) -> None:
    sole_check_in(touchbase)

    assert answered in say(touchbase, words)["text"]


def test_a_lead_changes_a_planned_check_in_from_the_form(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.press("ana", "hub.checkin")
    form = touchbase.slack.modal("ana")

    touchbase.slack.click("ana", "checkin.change_open", view_id=form["id"])
    touchbase.slack.submit("ana", values={"what": {"value": "end"}, "reason": {"value": "storm"}})
    last_page = touchbase.slack.modal("ana")
    touchbase.slack.click("ana", "checkin.change_again", view_id=last_page["id"])
    touchbase.slack.submit("ana", values={"what": {"value": "skip"}})
    touchbase.slack.submit("ana")
    touchbase.calm()

    assert "ended *Operations review*" in texts(last_page)
    assert not about(touchbase, "ended", "*Operations review*")
    (told,) = about(touchbase, "Globalcall skipped", "*Operations review*")
    assert "Reason: “storm”" in told["text"]
    (left,) = touchbase.slack.views("ana")["modals"]
    assert left["id"] == form["id"]


@pytest.mark.parametrize(
    ("what", "when"),
    [
        pytest.param("move", "thu 4pm", id="this one"),
        pytest.param("move_all", "thu 4pm", id="all that follow"),
        pytest.param("skip", "", id="skipped"),
        pytest.param("end", "", id="ended"),
    ],
)
def test_what_is_previewed_is_what_is_posted(touchbase: Touchbase, what: str, when: str) -> None:
    sole_check_in(touchbase)
    say(touchbase, "skip next week")  # a turn that has no row yet
    press_private(touchbase, "maria", "checkin.change_open")
    asked = {"what": what, "when": when, "reason": "a <!channel> *flight*"}

    shown = touchbase.slack.submit(
        "maria", values={field: {"value": value} for field, value in asked.items()}
    )
    touchbase.slack.submit("maria")
    touchbase.calm()

    previewed = shown["view"]["blocks"][0]["text"]["text"]
    assert "&lt;!channel&gt;" in previewed
    assert len([m for m in touchbase.from_bot() if m["text"] == previewed]) == 1


def test_a_form_whose_check_in_was_moved_meanwhile_shows_how_it_is_now(
    touchbase: Touchbase,
) -> None:
    sole_check_in(touchbase)
    touchbase.press("ana", "checkin.change")
    say(touchbase, "move to wed 4pm")
    press_private(touchbase, "maria", "checkin.move")
    touchbase.calm()

    typed = {"when": {"value": "thursday 9pm"}, "reason": {"value": "storm"}}
    again = touchbase.slack.submit("ana", values=typed)
    touchbase.slack.submit("ana")
    say(touchbase, "move to wed 5pm")
    press_private(touchbase, "maria", "checkin.move")
    touchbase.calm()
    once_more = touchbase.slack.submit("ana")
    shown = touchbase.slack.submit("ana")
    touchbase.slack.submit("ana")
    touchbase.calm()

    assert "Wed 21 Oct 17:00 New York" in texts(once_more["view"])
    assert "Somebody changed this check-in meanwhile." in texts(again["view"])
    assert "Wed 21 Oct 16:00 New York" in texts(again["view"])
    fields = {block["block_id"]: block for block in again["view"]["blocks"] if "element" in block}
    assert fields["reason"]["element"]["initial_value"] == "storm"
    assert "Thu 22 Oct 21:00 Manila" in texts(shown["view"])
    assert len(about(touchbase, "Globalcall: *ops review* is moved from")) == 1
