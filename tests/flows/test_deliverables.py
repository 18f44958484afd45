import re
from datetime import date, timedelta

import pytest

from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts
from tests.people import Json
from views.deliverables import DONE

# The world begins on Monday 19 October 2026, 09:00 in New York, 21:00 in Manila.
DATABASE = "<@U0ANA000000|ana> product database by friday"
FORECAST = "<@U0MARIA0000|maria> volume forecast by tomorrow"
# An owner at work is called on the card until they have answered.
CALLED = re.compile(r"^<@\w+>: ")


def say(touchbase: Touchbase, words: str, user: str = "maria") -> Json:
    answer = touchbase.slack.command(CHANNEL, user, "/deliverable", words)
    touchbase.calm()
    return answer


def mention(touchbase: Touchbase, user: str, words: str) -> str:
    bot = next(u["id"] for u in touchbase.slack.world()["users"] if u["is_bot"])
    ts = touchbase.slack.say(CHANNEL, user, f"<@{bot}> {words}")
    touchbase.calm()
    return str(touchbase.replies(ts)[-1]["text"])


def card(touchbase: Touchbase, title: str) -> Json:
    """The live card of a deliverable."""
    replies = (m for m in touchbase.from_bot() if m.get("thread_ts"))
    return next(m for m in replies if CALLED.sub("", m["text"]).startswith(f"*{title}* ("))


def press(touchbase: Touchbase, user: str, title: str, action_id: str) -> Json:
    ts = card(touchbase, title)["ts"]
    answer = touchbase.slack.click(user, action_id, channel=CHANNEL, ts=ts)
    touchbase.calm()
    return answer


def private(touchbase: Touchbase, user: str, words: str) -> Json:
    """The newest message of the channel that only one person sees and that says ``words``."""
    slack_id = touchbase.slack.user_id(user)
    own = [m for m in touchbase.messages() if m.get("ephemeral_to") == slack_id]
    return next(m for m in reversed(own) if words in m["text"])


def week(touchbase: Touchbase) -> str:
    return str([texts(m) for m in touchbase.from_bot() if m["text"].startswith("*This week*")][-1])


def dailies(touchbase: Touchbase, user: str) -> list[Json]:
    """The messages with which the days of a person began."""
    called = f"<@{touchbase.slack.user_id(user)}>, good"
    there = [m for m in touchbase.from_bot() if m["text"].startswith(called)]
    direct = touchbase.slack.direct_messages(user)
    begins = ("Good ", "This was for")
    return [*there, *(m for m in direct if m["text"].startswith(begins))]


def test_words_are_echoed_in_both_zones_and_both_sides_see_a_card(touchbase: Touchbase) -> None:
    touchbase.agreed()

    echo = say(touchbase, DATABASE)

    assert echo["response_type"] == "ephemeral"
    assert "Fri 23 Oct 18:00 Manila = Fri 23 Oct 06:00 New York" in echo["text"]
    assert action_ids(echo) == {"deliverable.undo", "deliverable.edit"}
    shown = card(touchbase, "product database")
    assert "(Globalcall)" in shown["text"]
    assert "U0ANA" not in texts(shown)
    assert "Waiting for Globalcall to accept it" in shown["text"]
    assert "Due from Globalcall" not in week(touchbase)
    assert "*Waiting for Globalcall*: 1" in week(touchbase)


def test_an_outsider_takes_it_on_closes_it_and_takes_that_back(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, DATABASE)

    press(touchbase, "ana", "product database", "deliverable.accept")
    accepted = card(touchbase, "product database")
    touchbase.slack.click_twice("ana", DONE, channel=CHANNEL, ts=accepted["ts"])
    touchbase.calm()

    told = [m["text"] for m in touchbase.from_bot() if m["text"].endswith("done. Thank you.")]
    assert {"deliverable.done", "deliverable.new_date"} <= action_ids(accepted)
    assert told == ["*product database* (Globalcall): done. Thank you."]
    assert "Due from Globalcall" not in week(touchbase)

    press(touchbase, "ana", "product database", "deliverable.undo")

    assert "deliverable.done" in action_ids(card(touchbase, "product database"))
    assert "*Due from Globalcall*: 1" in week(touchbase)


def test_nobody_else_answers_for_the_owner(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, DATABASE)

    press(touchbase, "maria", "product database", "deliverable.accept")

    assert private(touchbase, "maria", "This can be done by its owner")
    assert "Waiting for Globalcall" in card(touchbase, "product database")["text"]


def test_an_answer_to_a_press_in_a_thread_appears_in_that_thread(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, DATABASE)
    shown = card(touchbase, "product database")

    touchbase.slack.click("maria", "deliverable.accept", channel=CHANNEL, ts=shown["ts"])
    touchbase.calm()

    answers = [m for m in touchbase.messages() if m.get("ephemeral_to")]
    assert answers[-1]["thread_ts"] == shown["thread_ts"]


def test_an_outsider_does_it_all_with_a_mention(touchbase: Touchbase) -> None:
    touchbase.agreed()

    echo = mention(touchbase, "ana", "deliverable <@U0MARIA0000> refund script by thursday")

    assert "*refund script*, Acme Retail, due Thu 22 Oct 18:00 New York" in echo
    (asked,) = touchbase.slack.direct_messages("maria")
    assert "*refund script* for Globalcall" in asked["text"]
    assert "Will you take it on?" in asked["text"]

    press(touchbase, "maria", "refund script", "deliverable.accept")
    answer = mention(touchbase, "ana", "done refund")
    listed = mention(touchbase, "ana", "list")

    assert "belongs to Acme Retail" in answer
    assert "Open here: 1 deliverable." in listed


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        pytest.param("send the refund script", ["Who owes it?", "By when?"], id="owner and date"),
        pytest.param("<@U0ANA000000> deck asap", ["today or tomorrow?"], id="as soon as possible"),
        pytest.param(
            "<@U0ANA000000> deck by 1 oct 2020", ["I read “1 oct 2020”, which is past."], id="past"
        ),
        pytest.param("@zoe deck by friday", ["I don't know this person"], id="an unknown name"),
    ],
)
def test_what_is_not_clear_is_asked_in_the_form(
    touchbase: Touchbase, words: str, asked: list[str]
) -> None:
    touchbase.agreed()

    say(touchbase, words)

    form = touchbase.slack.modal("maria")
    assert form["callback_id"] == "deliverable.form"
    assert [question for question in asked if question not in texts(form)] == []
    assert [m for m in touchbase.from_bot() if m.get("thread_ts")] == []


def test_the_form_keeps_what_was_typed_says_what_is_wrong_and_makes_one(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    say(touchbase, "send the refund script")
    ana = {"value": touchbase.slack.user_id("ana")}

    wrong = touchbase.slack.submit("maria", values={"owner": ana, "due": {"value": "2026-10-01"}})
    bot = next(u["id"] for u in touchbase.slack.world()["users"] if u["is_bot"])
    also = touchbase.slack.submit(
        "maria", values={"owner": {"value": bot}, "due": {"value": "2026-10-23"}}
    )
    right = touchbase.slack.submit(
        "maria",
        values={"owner": ana, "due": {"value": "2026-10-23"}, "time": {"value": "17:00"}},
    )
    touchbase.calm()

    assert set(wrong["errors"]) == {"due"}
    assert also["errors"] == {"owner": "An app cannot owe anything. Which person does?"}
    assert right["action"] == "closed"
    assert "Fri 23 Oct 17:00 New York" in private(touchbase, "maria", "Noted:")["text"]
    assert "*send the refund script*" in card(touchbase, "send the refund script")["text"]


def test_buttons_of_the_hub_open_form_and_list_for_an_outsider(touchbase: Touchbase) -> None:
    touchbase.agreed()

    touchbase.press("ana", "hub.deliverable")
    touchbase.slack.submit(
        "ana",
        values={
            "title": {"value": "roster"},
            "owner": {"value": touchbase.slack.user_id("ana")},
            "due": {"value": "2026-10-22"},
        },
    )
    touchbase.calm()
    touchbase.press("ana", "hub.mine")

    assert "*roster*" in texts(touchbase.slack.modal("ana"))
    assert "Waiting" not in card(touchbase, "roster")["text"]

    modal = touchbase.slack.modal("ana")
    touchbase.slack.click("ana", DONE, view_id=modal["id"])
    touchbase.calm()

    modals = touchbase.slack.views("ana")["modals"]
    assert [m["id"] for m in modals] == [modal["id"]]
    assert "Done: *roster* (Globalcall)" in texts(modals[0])
    assert "You owe nothing at the moment." in texts(modals[0])
    assert ": delivered. Acme Retail can accept it" in card(touchbase, "roster")["text"]

    touchbase.slack.click("ana", "deliverable.undo", view_id=modal["id"])
    touchbase.calm()

    (again,) = touchbase.slack.views("ana")["modals"]
    assert "*roster* (Globalcall) is open again" in texts(again)
    assert "My list*: 1 deliverable" in texts(again)
    assert DONE in action_ids(again)


def test_undo_in_a_private_list_shows_the_list_as_it_is_then(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, FORECAST)
    say(touchbase, "mine")

    touchbase.calm()
    listed = private(touchbase, "maria", "My list")
    where = {"channel": CHANNEL, "ts": listed["ts"]}
    touchbase.slack.click("maria", DONE, **where)
    touchbase.calm()
    done = private(touchbase, "maria", "Done:")
    touchbase.slack.click("maria", "deliverable.undo", channel=CHANNEL, ts=done["ts"])
    touchbase.calm()

    assert "You owe nothing at the moment." in done["text"]
    assert "My list: 1 deliverable." in private(touchbase, "maria", "is open again")["text"]


def test_the_list_in_a_form_shows_a_new_date_at_once(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, FORECAST)
    touchbase.press("maria", "hub.mine")
    shown = touchbase.slack.modal("maria")

    touchbase.slack.click("maria", "deliverable.new_date", view_id=shown["id"])
    touchbase.slack.submit("maria", values={"due": {"value": "2026-10-27"}})
    touchbase.calm()

    (listed,) = touchbase.slack.views("maria")["modals"]
    assert listed["id"] == shown["id"]
    assert "now Tue 27 Oct 18:00 New York" in texts(listed)
    assert "My list*: 1 deliverable" in texts(listed)
    assert "deliverable.done" in action_ids(listed)


def test_a_new_date_is_told_with_its_reason(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, DATABASE)
    press(touchbase, "ana", "product database", "deliverable.accept")

    press(touchbase, "ana", "product database", "deliverable.new_date")
    sent = touchbase.slack.submit(
        "ana", values={"due": {"value": "2026-10-27"}, "reason": {"value": "data *came* late"}}
    )
    touchbase.calm()

    assert sent["action"] == "closed"
    told = next(
        m["text"] for m in touchbase.from_bot() if "now Tue 27 Oct 18:00 Manila" in m["text"]
    )
    assert "data" in told
    assert "late" in told
    assert "a new date" in card(touchbase, "product database")["text"]

    undo = private(touchbase, "ana", "now Tue 27 Oct")
    touchbase.slack.click("ana", "deliverable.undo", channel=CHANNEL, ts=undo["ts"])
    touchbase.calm()

    assert "Fri 23 Oct 18:00" in card(touchbase, "product database")["text"]


def test_a_date_on_a_holiday_says_why_it_is_earlier(touchbase: Touchbase) -> None:
    touchbase.agreed()

    echo = say(touchbase, "<@U0ANA000000> roster by 30 november")

    why = "Mon 30 Nov is a holiday for Globalcall (Bonifacio Day), so it is due Fri 27 Nov 18:00"
    assert f"{why} Manila." in echo["text"]
    assert "deliverable.edit" in action_ids(echo)
    assert why in card(touchbase, "roster")["text"]
    assert "deliverable.menu" in action_ids(card(touchbase, "roster"))


def test_the_reason_of_an_earlier_date_stays_as_long_as_the_date(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, "<@U0ANA000000> roster by 30 november")
    why = "Mon 30 Nov is a holiday for Globalcall"

    press(touchbase, "ana", "roster", "deliverable.accept")
    accepted = card(touchbase, "roster")["text"]
    press(touchbase, "ana", "roster", "deliverable.new_date")
    touchbase.slack.submit("ana", values={"due": {"value": "2026-11-24"}})
    touchbase.calm()
    moved = card(touchbase, "roster")["text"]
    undo = private(touchbase, "ana", "now Tue 24 Nov")
    touchbase.slack.click("ana", "deliverable.undo", channel=CHANNEL, ts=undo["ts"])
    touchbase.calm()
    moved_back = card(touchbase, "roster")["text"]
    press(touchbase, "ana", "roster", "deliverable.done")

    assert "Accepted." in accepted
    assert why in accepted
    assert "a new date" in moved
    assert why not in moved
    assert why in moved_back
    assert ": delivered." in card(touchbase, "roster")["text"]
    assert why not in card(touchbase, "roster")["text"]


def test_another_date_by_the_owner_is_told_to_whoever_asked(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, DATABASE)

    press(touchbase, "ana", "product database", "deliverable.other_date")
    touchbase.slack.submit("ana", values={"due": {"value": "2026-10-27"}})
    touchbase.calm()

    told = [m["text"] for m in touchbase.slack.direct_messages("maria")]
    assert any("You asked for *product database*" in text for text in told)
    assert "Globalcall accepts it for Tue 27 Oct 18:00 Manila" in told[-1]
    in_thread = [m["text"] for m in touchbase.from_bot() if "now Tue 27 Oct" in m["text"]]
    assert any("Globalcall accepts it for this date." in text for text in in_thread)
    assert card(touchbase, "product database")["text"].endswith("Accepted.")

    undo = private(touchbase, "ana", "now Tue 27 Oct")
    touchbase.slack.click("ana", "deliverable.undo", channel=CHANNEL, ts=undo["ts"])
    touchbase.calm()

    assert "Waiting for Globalcall to accept it." in card(touchbase, "product database")["text"]


def test_a_day_that_is_past_is_called_past(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.press("maria", "hub.deliverable")

    answered = touchbase.slack.submit(
        "maria",
        values={
            "title": {"value": "roster"},
            "owner": {"value": touchbase.slack.user_id("maria")},
            "due": {"value": "2026-10-16"},
        },
    )

    assert answered["errors"] == {"due": "Fri 16 Oct 2026 is past. Which later day?"}


def test_words_close_and_move(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, FORECAST)

    moved = say(touchbase, "move forecast to thursday, numbers are late")
    asked = say(touchbase, "move forecast to friday")
    form = touchbase.slack.modal("maria")
    done = say(touchbase, "done forecast")

    assert "now Thu 22 Oct 18:00 New York" in moved["text"]
    assert form["callback_id"] == "deliverable.move"
    assert form["state"]["values"]["due"]["value"]["selected_date"] == "2026-10-23"
    assert asked.get("text") is None
    assert "Done: *volume forecast*" in done["text"]
    assert "I find nothing open" in say(touchbase, "done forecast")["text"]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        pytest.param("move forecast to friday", "Why does it move?", id="without a reason"),
        pytest.param("move forecast to 1 oct 2020, late data", "is past", id="a past date"),
    ],
)
def test_after_a_mention_a_new_date_that_lacks_something_says_what(
    touchbase: Touchbase, words: str, asked: str
) -> None:
    touchbase.agreed()
    say(touchbase, FORECAST)

    said = mention(touchbase, "maria", words)

    assert "*volume forecast* (Acme Retail), due" in said
    assert asked in said


def test_an_undo_leaves_nobody_owing(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, DATABASE)

    echo = private(touchbase, "maria", "Noted:")
    touchbase.slack.click("maria", "deliverable.undo", channel=CHANNEL, ts=echo["ts"])
    touchbase.calm()

    assert private(touchbase, "maria", "Taken back: *product database*")
    assert "cancelled" in card(touchbase, "product database")["text"]
    assert "Nothing is open here." in say(touchbase, "list")["text"]


def test_what_people_type_calls_nobody(touchbase: Touchbase) -> None:
    touchbase.agreed()

    say(touchbase, "<@U0ANA000000> <!channel> *שלום* & @here 🎉 by friday")

    drawn = "\n".join(texts(m) + m["text"] for m in touchbase.from_bot())
    assert "&lt;!channel&gt;" in drawn
    assert "<!channel>" not in drawn


def test_in_a_channel_without_a_partnership_set_up_is_explained(touchbase: Touchbase) -> None:
    assert "/touchbase setup" in say(touchbase, DATABASE)["text"]


def test_before_agreement_the_home_side_keeps_its_own_list(touchbase: Touchbase) -> None:
    touchbase.set_up()

    say(touchbase, FORECAST)
    say(touchbase, DATABASE)

    assert "has not agreed yet" in texts(touchbase.slack.modal("maria"))
    assert len(touchbase.from_bot()) == 2
    assert "Open here: 1 deliverable." in say(touchbase, "list")["text"]


def test_what_was_written_down_before_agreement_is_shown_once_both_agreed(
    touchbase: Touchbase,
) -> None:
    touchbase.set_up()
    say(touchbase, FORECAST)

    touchbase.agree()

    (card,) = [m for m in touchbase.from_bot() if "deliverable.done" in action_ids(m)]
    week = next(m for m in touchbase.from_bot() if m["text"].startswith("*This week*"))
    assert card["thread_ts"] == week["ts"]


def test_what_was_written_down_in_a_pause_is_shown_once_it_is_over(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.command(CHANNEL, "maria", "/touchbase", "pause channel")
    touchbase.calm()
    say(touchbase, FORECAST)
    touchbase.slack.advance("PT1H")
    posted = len(touchbase.from_bot())

    touchbase.slack.command(CHANNEL, "maria", "/touchbase", "resume channel")
    touchbase.calm()
    resumed = touchbase.from_bot()
    say(touchbase, "move forecast to friday, data came late")

    # Its card, and one line that says that it goes on.
    assert len(resumed) == posted + 2
    (card,) = [m for m in touchbase.from_bot() if "deliverable.done" in action_ids(m)]
    assert "Fri 23 Oct" in texts(card)


def test_each_begins_the_day_with_one_message_in_their_own_hours(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, FORECAST)
    say(touchbase, "<@U0MARIA0000> capacity plan by tomorrow")
    say(touchbase, "<@U0ANA000000> training deck by wednesday")
    say(touchbase, DATABASE)

    touchbase.slack.move_to("2026-10-20T00:59:00Z")
    before = dailies(touchbase, "ana") + dailies(touchbase, "maria")
    touchbase.slack.move_to("2026-10-20T13:01:00Z")

    (ana,), (maria,) = dailies(touchbase, "ana"), dailies(touchbase, "maria")
    assert before == []
    assert ana["thread_ts"]
    assert "Two things today" in texts(ana)
    assert "Two things today" in texts(maria)
    assert {"deliverable.done", "deliverable.new_date"} <= action_ids(maria)


def test_the_message_is_kept_true_and_the_next_day_brings_the_next(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, FORECAST)
    touchbase.slack.move_to("2026-10-20T13:01:00Z")

    press(touchbase, "maria", "volume forecast", DONE)
    (today,) = dailies(touchbase, "maria")
    touchbase.slack.move_to("2026-10-22T13:01:00Z")

    assert "~*volume forecast* for Globalcall~ done" in texts(today)
    assert "Nothing more for today" in texts(today)
    assert len(dailies(touchbase, "maria")) == 1


def test_stop_writing_to_me_holds_until_it_is_taken_back(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, "<@U0ANA000000> training deck by tuesday")
    touchbase.slack.move_to("2026-10-20T01:01:00Z")

    touchbase.press("ana", "daily.stop")
    touchbase.slack.move_to("2026-10-23T12:00:00Z")
    silent = dailies(touchbase, "ana")
    touchbase.press("ana", "daily.start")
    touchbase.slack.move_to("2026-10-26T01:01:00Z")

    assert silent == []
    # What she leads besides, the draft of the summary, is for nobody else to read.
    assert len([m for m in dailies(touchbase, "ana") if m.get("thread_ts")]) == 1


def test_the_other_side_hears_once_and_after_the_owner(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, FORECAST)

    touchbase.slack.move_to("2026-10-21T13:01:00Z")
    asked = dailies(touchbase, "maria")[-1]
    early = [m for m in touchbase.from_bot() if "I asked" in m["text"]]
    touchbase.slack.move_to("2026-10-23T21:00:00Z")

    (told,) = [m["text"] for m in touchbase.from_bot() if "I asked" in m["text"]]
    assert "was due" in texts(asked)
    assert early == []
    assert told.startswith("*volume forecast* (Acme Retail): was due ")
    assert "Nothing for you to do." in told
    assert "not in yet" in card(touchbase, "volume forecast")["text"]


def test_over_the_night_the_clocks_change_the_hours_on_the_wall_stay(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    touchbase.slack.move_to("2026-10-29T15:00:00Z")
    echo = say(touchbase, "<@U0MARIA0000> october report by monday")

    touchbase.slack.move_to("2026-11-02T13:59:00Z")
    early = [m for m in dailies(touchbase, "maria") if "october report* for" in m["text"]]
    touchbase.slack.move_to("2026-11-02T14:01:00Z")

    # 18:00 in New York is 23:00 in UTC from Sunday 1 November on.
    assert "Mon 2 Nov 18:00 New York = Tue 3 Nov 07:00 Manila" in echo["text"]
    assert early == []
    assert "october report* for" in dailies(touchbase, "maria")[-1]["text"]


def test_the_home_tab_shows_what_is_owed_and_follows_a_press(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, FORECAST)
    for user in ("maria", "nora"):
        touchbase.slack.do("home", user=user)
    touchbase.calm()

    home = touchbase.slack.views("maria")["home"]
    touchbase.slack.click("maria", DONE, view_id=home["id"])
    touchbase.calm()
    touchbase.slack.click("maria", "hub.deliverable", view_id=home["id"])
    form = touchbase.slack.modal("maria")
    touchbase.slack.post("close", user="maria", view_id=form["id"])
    touchbase.slack.click("maria", "daily.settings", view_id=home["id"])
    settings = touchbase.slack.modal("maria")
    touchbase.slack.click("maria", "daily.direct", view_id=settings["id"])
    chosen = touchbase.slack.modal("maria")

    assert form["callback_id"] == "deliverable.form"
    assert "in direct messages, which only you read" in texts(settings)
    assert "with a mention in the thread of *This week*" in texts(chosen)
    assert "*volume forecast*" in texts(home)
    assert "Operations review" in texts(home)
    assert "You owe nothing" in texts(touchbase.slack.views("maria")["home"])
    assert "You take part in none yet" in texts(touchbase.slack.views("nora")["home"])


def test_no_person_is_named_in_what_the_channel_reads(touchbase: Touchbase) -> None:
    touchbase.agreed()
    say(touchbase, DATABASE)
    say(touchbase, FORECAST)
    days = [date(2026, 10, 20) + timedelta(days=n) for n in range(5)]
    touchbase.slack.move_to(f"{days[-1]}T22:00:00Z")

    for message in touchbase.from_bot():
        named = set(re.findall(r"<@(\w+)>", message["text"]))
        is_personal = "daily.stop" in action_ids(message)
        is_first = "Hello, I'm Touchbase" in message["text"]
        assert is_personal or is_first or not named, message["text"]
