"""A week and its summary, from agreement on Monday to the leads' and the channel's Monday."""

import re

from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts
from tests.people import Json
from tests.views.test_voice_words import BLAMING

# The world starts on Monday 19 October 2026, 9:00 in New York, 21:00 in Manila.
MANILA_FRIDAY = "2026-10-23T06:01:00Z"
NEW_YORK_FRIDAY = "2026-10-23T18:01:00Z"
MONDAY_BEFORE = "2026-10-26T12:59:00Z"
MONDAY = "2026-10-26T13:02:00Z"
MANILA_TUESDAY = "2026-10-27T01:01:00Z"
# All Souls' Day is a holiday in Manila, so the sides meet on Tuesday.
WEEK_AFTER = "2026-11-03T15:00:00Z"


def owes(touchbase: Touchbase, user: str, words: str) -> None:
    """Maria writes down that somebody owes something, and they take it on."""
    touchbase.slack.command(CHANNEL, "maria", "/deliverable", f"@{user} {words}")
    touchbase.calm()
    if user != "maria":
        touchbase.press(user, "deliverable.accept")
        touchbase.calm()


def hard_start(touchbase: Touchbase) -> None:
    """Both sides agreed, both wrote, and both owe something in the first week."""
    touchbase.agreed()
    for user in ("maria", "ana"):
        touchbase.slack.say(CHANNEL, user, "hello")
    owes(touchbase, "ana", "training deck by thursday")
    owes(touchbase, "maria", "volume forecast by wednesday")


def direct(touchbase: Touchbase, user: str, words: str) -> list[Json]:
    return [m for m in touchbase.slack.direct_messages(user) if words in m["text"]]


def pointed(touchbase: Touchbase, words: str = "The summary of") -> list[Json]:
    """What calls Ana in the thread, where all of both companies read it."""
    ana = f"<@{touchbase.slack.user_id('ana')}>"
    return [m for m in touchbase.from_bot() if m["text"].startswith(ana) and words in m["text"]]


def opened(touchbase: Touchbase) -> Json:
    """What Ana reads behind the button in the thread."""
    before = touchbase.slack.views("ana")["modals"]
    if before:
        touchbase.slack.post("close", user="ana", view_id=before[-1]["id"])
    touchbase.press("ana", "summary.read")
    return touchbase.slack.modal("ana")


def preview(touchbase: Touchbase, user: str) -> Json:
    if user == "ana":
        return opened(touchbase)
    (found,) = direct(touchbase, user, "The summary of Mon 26 Oct")
    return found


def told(touchbase: Touchbase, user: str, week: str = "Week of Mon 19 Oct") -> Json:
    if user == "ana":
        return opened(touchbase)
    (found,) = direct(touchbase, user, week)
    return found


def in_channel(touchbase: Touchbase) -> list[Json]:
    return [m for m in touchbase.from_bot() if "Week of" in m["text"]]


def press_direct(touchbase: Touchbase, user: str, message: Json, action_id: str) -> Json:
    """Press the first such button in a direct message, or in a form."""
    block_id = next(
        block["block_id"]
        for block in message["blocks"]
        if action_id in action_ids({"blocks": [block]})
    )
    if message.get("type") == "modal":
        return touchbase.slack.click(user, action_id, view_id=message["id"], block_id=block_id)
    where = {"channel": message["user"], "ts": message["ts"], "block_id": block_id}
    return touchbase.slack.click(user, action_id, **where)


# Friday


def test_each_sides_lead_sees_own_lines_in_own_hours_on_friday(touchbase: Touchbase) -> None:
    hard_start(touchbase)

    touchbase.slack.move_to(MANILA_FRIDAY)
    ana_has = pointed(touchbase, "The draft of the summary of the week of Mon 19 Oct is there")
    maria_has = direct(touchbase, "maria", "The summary of")
    touchbase.slack.move_to(NEW_YORK_FRIDAY)

    assert (len(ana_has), len(maria_has)) == (1, 0)
    assert direct(touchbase, "ana", "") == []
    assert "training deck" in texts(preview(touchbase, "ana"))
    assert "volume forecast" not in texts(preview(touchbase, "ana"))
    assert "volume forecast" in texts(preview(touchbase, "maria"))
    assert "training deck" not in texts(preview(touchbase, "maria"))
    assert in_channel(touchbase) == []


def test_what_is_settled_leaves_preview_and_summary(touchbase: Touchbase) -> None:
    hard_start(touchbase)
    touchbase.slack.move_to(MANILA_FRIDAY)

    press_direct(touchbase, "ana", preview(touchbase, "ana"), "deliverable.done")
    touchbase.calm()
    seen = texts(preview(touchbase, "ana"))
    touchbase.slack.move_to(MONDAY)

    assert "has no open line for Globalcall so far" in seen
    assert "training deck" not in seen
    assert "*training deck*" not in told(touchbase, "maria")["text"]
    assert "*volume forecast*" in told(touchbase, "maria")["text"]


def test_a_note_stands_whole_beside_the_line(touchbase: Touchbase) -> None:
    hard_start(touchbase)
    touchbase.slack.move_to(MANILA_FRIDAY)

    press_direct(touchbase, "ana", preview(touchbase, "ana"), "gaps.note")
    words = "two trainers out after the <!channel> *storm*"
    touchbase.slack.submit("ana", values={"note": {"value": "something else"}})
    shown = touchbase.slack.modal("ana")
    touchbase.slack.click("ana", "gaps.undo_note", view_id=shown["id"])
    taken_back = touchbase.slack.modal("ana")
    touchbase.slack.post("close", user="ana", view_id=taken_back["id"])
    press_direct(touchbase, "ana", preview(touchbase, "ana"), "gaps.note")
    touchbase.slack.submit("ana", values={"note": {"value": words}})
    touchbase.slack.post("close", user="ana", view_id=touchbase.slack.modal("ana")["id"])
    touchbase.calm()
    assert "Globalcall adds: “something else”" in texts(shown)
    assert "something else" not in texts(taken_back)
    seen = texts(preview(touchbase, "ana"))
    touchbase.slack.move_to(MONDAY)

    assert f"Globalcall adds: “{words}”" in seen
    assert f"Globalcall adds: “{words}”" in texts(told(touchbase, "maria"))


def test_who_has_nothing_open_hears_nothing_on_friday(touchbase: Touchbase) -> None:
    touchbase.agreed()
    owes(touchbase, "maria", "volume forecast by wednesday")

    touchbase.slack.move_to(NEW_YORK_FRIDAY)

    assert pointed(touchbase, "summary") == []
    assert len(direct(touchbase, "maria", "The summary of")) == 1


# Monday


def test_until_both_want_it_public_the_leads_alone_read_the_week(touchbase: Touchbase) -> None:
    hard_start(touchbase)

    touchbase.slack.move_to(MONDAY_BEFORE)
    early = direct(touchbase, "maria", "Week of")
    touchbase.slack.move_to(MONDAY)
    at_night = pointed(touchbase, "The summary of")
    touchbase.slack.move_to(MANILA_TUESDAY)

    assert early == []
    assert at_night == []
    assert in_channel(touchbase) == []
    (pointer,) = pointed(touchbase, "The summary of the week of Mon 19 Oct is there")
    assert "volume forecast" not in texts(pointer)
    maria, ana = told(touchbase, "maria"), told(touchbase, "ana")
    assert direct(touchbase, "ana", "") == []
    said = texts(maria)
    for line in ("Waiting for *Acme Retail* since Wed 21 Oct", "Kept: 0 of 2 promises."):
        assert line in texts(ana)
    assert "*Week of Mon 19 Oct.* 2 things are open, each with a next step." in said
    assert "Waiting for *Acme Retail* since Wed 21 Oct" in said
    assert "Waiting for *Globalcall* since Thu 22 Oct" in said
    assert said.index("volume forecast") < said.index("training deck")
    assert len(re.findall(r"<https://\S+\|see>", said)) == 2
    assert BLAMING.search(said) is None


def test_a_good_week_says_so_and_what_went_well(touchbase: Touchbase) -> None:
    hard_start(touchbase)
    for words in ("training", "forecast"):
        who = "ana" if words == "training" else "maria"
        card = next(m for m in reversed(touchbase.from_bot()) if words in m["text"])
        touchbase.slack.click(who, "deliverable.done", channel=CHANNEL, ts=card["ts"])
        touchbase.calm()
    touchbase.slack.move_to("2026-10-23T14:00:00Z")
    for user in ("maria", "ana"):
        touchbase.slack.say(CHANNEL, user, "have a good weekend")

    touchbase.slack.move_to(MONDAY)

    said = texts(told(touchbase, "maria"))
    assert "*Week of Mon 19 Oct. Nothing is open.*" in said
    assert "Kept: 2 of 2 promises." in said
    assert "came early: thank you" in said
    assert "Next: *Operations review*" in said


def test_both_leads_choose_and_from_then_on_it_stands_in_the_channel(
    touchbase: Touchbase,
) -> None:
    hard_start(touchbase)
    touchbase.slack.move_to(MANILA_TUESDAY)

    press_direct(touchbase, "maria", told(touchbase, "maria"), "summary.publish")
    touchbase.calm()
    first = touchbase.from_bot()[-1]
    press_direct(touchbase, "ana", told(touchbase, "ana"), "summary.publish")
    touchbase.calm()
    second = touchbase.from_bot()[-1]
    copy, shown = told(touchbase, "maria"), touchbase.slack.modal("ana")
    touchbase.slack.move_to(WEEK_AFTER)

    for side, line in (("Acme Retail", first), ("Globalcall", second)):
        assert f"{side} changed where it wants the weekly summary: in this channel" in line["text"]
        assert "(before: only for the leads)" in line["text"]
        assert "It is posted there once both sides want it." in line["text"]
        assert "settings.undo" in action_ids(line)
    assert "From next week on this is posted in the channel." in texts(copy)
    assert "From next week on this is posted in the channel." in texts(shown)
    (public,) = in_channel(touchbase)
    assert "Week of Mon 26 Oct" in public["text"]
    assert public.get("thread_ts") in {None, public["ts"]}
    assert "<@" not in texts(public)
    assert direct(touchbase, "maria", "Week of Mon 26 Oct") == []


def test_undo_takes_the_wish_back_and_the_other_side_cannot(touchbase: Touchbase) -> None:
    hard_start(touchbase)
    touchbase.slack.move_to(MANILA_TUESDAY)
    for user in ("maria", "ana"):
        press_direct(touchbase, user, told(touchbase, user), "summary.publish")
        touchbase.calm()
    wish = next(m for m in touchbase.from_bot() if "Acme Retail changed where" in m["text"])

    touchbase.slack.click("ana", "settings.undo", channel=CHANNEL, ts=wish["ts"])
    touchbase.calm()
    kept = [m["text"] for m in touchbase.messages() if "undid" in m["text"]]
    for _ in range(2):
        touchbase.slack.post(
            "click", user="maria", action_id="settings.undo", channel=CHANNEL, ts=wish["ts"]
        )
    touchbase.calm()
    touchbase.slack.move_to(WEEK_AFTER)

    assert kept == []
    hidden = [m for m in touchbase.from_bot() if "undid its change" in m["text"]]
    assert len(hidden) == 1
    assert in_channel(touchbase) == []
    assert len(direct(touchbase, "maria", "Week of Mon 26 Oct")) == 1


def test_a_told_week_is_kept_true(touchbase: Touchbase) -> None:
    hard_start(touchbase)
    touchbase.slack.move_to(MONDAY)

    press_direct(touchbase, "maria", told(touchbase, "maria"), "deliverable.done")
    touchbase.calm()

    said = texts(told(touchbase, "maria"))
    assert "*volume forecast* was due" not in said
    assert "Settled since: *volume forecast* (Acme Retail), done." in said
    assert "Kept: 0 of 2 promises." in said


def test_a_check_in_that_did_not_take_place_is_told_with_a_way_to_move_it(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    touchbase.slack.move_to("2026-10-27T14:00:00Z")  # the review is on Tuesday, 9:00
    touchbase.press("maria", "checkin.not_held")
    touchbase.calm()

    touchbase.slack.move_to(WEEK_AFTER)

    summary = told(touchbase, "maria", "Week of Mon 26 Oct")
    assert "*Operations review* did not take place. Waiting for *both*" in summary["text"]
    press_direct(touchbase, "maria", summary, "checkin.change")
    assert touchbase.slack.modal("maria")["callback_id"] == "checkin.change_form"


def test_nothing_is_told_while_the_partnership_rests(touchbase: Touchbase) -> None:
    hard_start(touchbase)
    touchbase.slack.command(CHANNEL, "maria", "/touchbase", "pause channel")
    touchbase.calm()

    touchbase.slack.move_to(MANILA_TUESDAY)

    assert in_channel(touchbase) == []
    for user in ("maria", "ana"):
        assert direct(touchbase, user, "Week of") == []
        assert direct(touchbase, user, "The summary of") == []


def test_while_a_third_company_listens_the_leads_alone_are_told(touchbase: Touchbase) -> None:
    hard_start(touchbase)
    touchbase.slack.move_to(MANILA_TUESDAY)
    for user in ("maria", "ana"):
        press_direct(touchbase, user, told(touchbase, user), "summary.publish")
        touchbase.calm()

    touchbase.slack.do("member", channel=CHANNEL, user="nora", joined=True)
    touchbase.calm()
    touchbase.slack.move_to(WEEK_AFTER)

    assert in_channel(touchbase) == []
    assert len(direct(touchbase, "maria", "Week of Mon 26 Oct")) == 1


# /gaps


def test_the_list_shows_own_turns_first_with_reasons(touchbase: Touchbase) -> None:
    hard_start(touchbase)
    empty = touchbase.slack.command(CHANNEL, "maria", "/gaps")
    touchbase.slack.move_to(NEW_YORK_FRIDAY)

    listed = touchbase.slack.command(CHANNEL, "maria", "/gaps")
    theirs = touchbase.slack.command(CHANNEL, "maria", "/gaps", "theirs")

    assert "Nothing is open between Acme Retail and Globalcall." in empty["text"]
    said = texts(listed)
    assert said.index("*Waiting for Acme Retail*: 1") < said.index("*Waiting for Globalcall*: 1")
    assert "volume forecast" not in texts(theirs)
    assert {"gaps.why", "gaps.note", "deliverable.done"} <= action_ids(listed)


def test_an_outsider_reaches_list_reason_and_remedy_by_buttons(touchbase: Touchbase) -> None:
    hard_start(touchbase)
    touchbase.slack.move_to(NEW_YORK_FRIDAY)

    touchbase.press("ana", "hub.gaps")
    modal = touchbase.slack.modal("ana")
    line = next(b for b in modal["blocks"] if "gaps.why" in action_ids({"blocks": [b]}))
    touchbase.slack.click("ana", "gaps.why", view_id=modal["id"], block_id=line["block_id"])
    why = touchbase.slack.modal("ana")
    touchbase.slack.click("ana", "deliverable.done", view_id=why["id"])
    touchbase.calm()

    assert texts(modal).index("*Waiting for Globalcall*: 1") == 0
    reasons = texts(why)
    assert all(word in reasons for word in ("*Expected*", "*What happened*", "*Whose turn*"))
    assert "|See it in Slack>" in reasons
    assert "training deck" not in touchbase.slack.command(CHANNEL, "maria", "/gaps")["text"]


def test_somebody_of_neither_side_does_not_read_the_list(touchbase: Touchbase) -> None:
    hard_start(touchbase)
    observer = next(
        u["name"]
        for u in touchbase.slack.world()["users"]
        if u["team_id"] == "T0ACME0001" and u["name"] != "maria" and not u.get("is_bot")
    )

    said = touchbase.slack.command(CHANNEL, observer, "/gaps")

    assert "You read along here. A lead of Acme Retail can add you" in said["text"]


def test_a_mention_shows_no_list_to_everybody(touchbase: Touchbase) -> None:
    hard_start(touchbase)
    touchbase.slack.move_to(NEW_YORK_FRIDAY)

    touchbase.slack.say(CHANNEL, "ana", "<@U0SANDBOXBOT> gaps")
    touchbase.calm()

    answer = touchbase.from_bot()[-1]
    assert "training deck" not in texts(answer)
    assert "hub.gaps" in action_ids(answer)


def test_a_silent_side_is_listed_and_says_that_they_spoke_elsewhere(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.say(CHANNEL, "maria", "hello")
    touchbase.slack.move_to("2026-10-26T14:00:00Z")
    touchbase.slack.say(CHANNEL, "maria", "hello?")
    touchbase.press("ana", "hub.gaps")
    modal = touchbase.slack.modal("ana")

    touchbase.slack.click("ana", "gaps.settle", view_id=modal["id"])
    touchbase.calm()

    assert "No message in the channel. Waiting for *Globalcall* since Mon 19 Oct" in texts(modal)
    assert "No message" not in touchbase.slack.command(CHANNEL, "maria", "/gaps")["text"]
