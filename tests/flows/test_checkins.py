import pytest

from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts
from tests.people import Json

TUESDAYS = "weekly tue 10am ops review"
TITLE = "*ops review*"


def say(touchbase: Touchbase, words: str, user: str = "maria") -> Json:
    return touchbase.slack.command(CHANNEL, user, "/checkin", words)


def press_private(touchbase: Touchbase, user: str, action_id: str, number: int = 0) -> Json:
    """Press in the newest private answer; ``number`` counts equal buttons from the top."""
    own = [m for m in touchbase.messages() if m.get("ephemeral_to") and action_id in action_ids(m)]
    rows = [
        block
        for block in own[-1]["blocks"]
        if action_id in {e["action_id"] for e in block.get("elements", []) if "action_id" in e}
    ]
    return touchbase.slack.click(
        user, action_id, channel=CHANNEL, ts=own[-1]["ts"], block_id=rows[number]["block_id"]
    )


def plan(touchbase: Touchbase, words: str = TUESDAYS, user: str = "maria") -> None:
    say(touchbase, words, user)
    press_private(touchbase, user, "checkin.create")
    touchbase.calm()


def about(touchbase: Touchbase, words: str, title: str = TITLE) -> list[Json]:
    """What the bot posted for everybody about a check-in, oldest first."""
    return [m for m in touchbase.from_bot() if words in m["text"] and title in m["text"]]


def sole_check_in(touchbase: Touchbase) -> None:
    """End the check-in that the template began, so that one alone is left."""
    touchbase.agreed()
    say(touchbase, "cancel")
    press_private(touchbase, "maria", "checkin.end")
    touchbase.calm()
    plan(touchbase)


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
    press_private(touchbase, "maria", "checkin.create")
    press_private(touchbase, "maria", "checkin.create")
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


def test_a_rhythm_without_a_time_gets_one_suggested(touchbase: Touchbase) -> None:
    touchbase.agreed()

    said = say(touchbase, "last friday of the month")

    assert "The last Friday of each month 10:00 New York" in said["text"]
    assert "You named no time" in said["text"]


def test_an_outsider_plans_a_check_in_from_the_hub(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.press("ana", "hub.checkin")

    wrong = touchbase.slack.submit("ana", values={"link": {"value": "meet me"}})
    shown = touchbase.slack.submit(
        "ana",
        values={
            "title": {"value": "Quality talk"},
            "days": {"value": ["3"]},
            "time": {"value": "16:00"},
            "zone": {"value": "Manila"},
            "minutes": {"value": "45"},
            "link": {"value": "https://meet.example/q"},
        },
    )

    assert set(wrong["errors"]) == {"days", "link"}
    assert shown["action"] == "updated"
    assert "Every Thursday 16:00 Manila = 04:00 or 03:00 New York" in texts(shown["view"])
    assert touchbase.slack.submit("ana")["action"] == "closed"
    touchbase.calm()
    (told,) = about(touchbase, "planned a check-in", "*Quality talk*")
    assert told["text"].startswith("Globalcall planned a check-in")


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


# A turn, from agenda to confirmation


def test_a_turn_is_told_reminded_started_and_asked_about(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    touchbase.slack.move_to("2026-10-27T15:00:00Z")
    weeks = {m["ts"] for m in touchbase.from_bot() if m["text"].startswith("*This week*")}

    # The turn of 27 October, 10:00 in New York, 22:00 in Manila.
    told = about(touchbase, "Tue 27 Oct 10:00 New York")
    turn = [m for m in told if not m["text"].startswith(("Agenda", "*This week*", "*Acme"))]
    at = [m["ts"].partition(".")[0] for m in turn]
    start = next(m for m in turn if "Check-in:" in m["text"])
    question = turn[-1]

    assert at == [
        "1793005200",  # Monday 17:00 in Manila: an hour before the shift ends
        "1793023200",  # Monday 10:00 in New York: the day before
        "1793091600",  # Tuesday 17:00 in Manila
        "1793106000",  # Tuesday 9:00 in New York: an hour before
        "1793109000",  # ten minutes before
        "1793111400",  # at the end
    ]
    assert start.get("thread_ts") in {None, start["ts"]}
    assert "take place?" in question["text"]
    replies = [m for m in turn if m is not start]
    assert {m["thread_ts"] for m in replies} == weeks
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


def test_this_week_says_for_whom_a_word_is_awaited(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    touchbase.slack.move_to("2026-10-20T14:31:00Z")

    touchbase.press("maria", "checkin.held")
    touchbase.calm()

    week = next(m for m in touchbase.from_bot() if m["text"].startswith("*This week*"))
    assert "Waiting for Globalcall" in texts(week)
    assert "Waiting for Acme Retail" not in texts(week)
    assert "to be confirmed" in texts(week)


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
    assert "1 point on the agenda" in agenda["text"]
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
    assert "This can be done by people of either side" in private[-1]
    assert len(touchbase.from_bot()) == before


# Changing


def test_a_move_is_shown_first_and_then_changes_the_posts_in_place(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    touchbase.slack.move_to("2026-10-20T09:30:00Z")
    agenda_ts = about(touchbase, "Agenda:")[0]["ts"]

    said = say(touchbase, "move to thu 4pm, the data came late")
    before = len(about(touchbase, "is moved from"))
    press_private(touchbase, "maria", "checkin.move")
    press_private(touchbase, "maria", "checkin.move")
    touchbase.calm()

    assert "Thu 22 Oct 16:00 New York = Fri 23 Oct 04:00 Manila" in said["text"]
    assert before == 0
    (told,) = about(touchbase, "is moved from")
    assert told["text"].startswith("Acme Retail: *ops review* is moved from")
    assert "Reason: “the data came late”" in told["text"]
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
    touchbase.slack.move_to("2026-10-22T21:00:00Z")

    assert any(m["text"].startswith("Coming up") for m in told)
    assert "1792695600" in {m["ts"].partition(".")[0] for m in told}  # Thursday 15:00
    assert "Tue 27 Oct 10:00" in say(touchbase, "list")["text"]


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


def test_an_outsider_moves_a_turn_with_the_form(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    touchbase.press("ana", "checkin.change")

    empty = touchbase.slack.submit("ana", values={"when": {"value": "whenever"}})
    past = touchbase.slack.submit("ana", values={"when": {"value": "19 Oct 2026 8pm"}})
    touchbase.slack.submit(
        "ana", values={"when": {"value": "thursday 9pm"}, "reason": {"value": "storm"}}
    )
    touchbase.calm()

    assert set(empty["errors"]) == {"when"}
    assert set(past["errors"]) == {"when"}
    (told,) = about(touchbase, "is moved from")
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


def test_a_mention_gets_the_answer_in_its_thread(touchbase: Touchbase) -> None:
    sole_check_in(touchbase)
    bot_user = touchbase.slack.user_id("touchbase")

    ts = touchbase.slack.say(CHANNEL, "ana", f"<@{bot_user}> checkin move to thursday 9pm")
    touchbase.calm()
    reply = touchbase.replies(ts)[-1]
    touchbase.slack.click("ana", "checkin.move", channel=CHANNEL, ts=reply["ts"])
    touchbase.calm()

    assert "Thu 22 Oct 21:00 Manila" in reply["text"]
    assert len(about(touchbase, "Globalcall: *ops review* is moved")) == 1


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


def test_a_lead_changes_a_planned_check_in_from_the_form(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.press("ana", "hub.checkin")
    form = touchbase.slack.modal("ana")

    touchbase.slack.click("ana", "checkin.change_open", view_id=form["id"])
    touchbase.slack.submit("ana", values={"what": {"value": "skip"}})
    touchbase.calm()

    told = about(touchbase, "Globalcall skipped", "*Operations review*")
    assert len(told) == 1
