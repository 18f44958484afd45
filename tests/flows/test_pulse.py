import logging
import re
from pathlib import Path

import pytest

from data.store import Store
from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts
from tests.people import ActRefused, Json

ACME = ("maria", "james", "priya", "tom")
GLOBALCALL = ("ana", "miguel", "liza", "carlo")
OWN = "how was the hand-over?"
QUESTION = "One press:"


def ready(touchbase: Touchbase) -> None:
    """Both sides agreed, and four people of each are on its list; the first of each leads."""
    touchbase.agreed()
    touchbase.slack.advance("PT1M")
    for lead, *rest in (ACME, GLOBALCALL):
        press_private(touchbase, lead, "people.pick")
        members = {"value": [touchbase.slack.user_id(name) for name in rest]}
        touchbase.slack.submit(lead, values={"members": members})
    touchbase.calm()


def ask(touchbase: Touchbase, words: str = OWN, user: str = "maria") -> Json:
    """A lead asks a question of her own; returns its post."""
    touchbase.slack.command(CHANNEL, user, "/pulse", words)
    press_private(touchbase, user, "pulse.post")
    touchbase.calm()
    return question(touchbase)


def let_it_close(touchbase: Touchbase) -> None:
    """Asked on Monday at 9:00 in New York, it closes on Tuesday at 17:00."""
    touchbase.slack.move_to("2026-10-20T21:00:00Z")
    touchbase.calm()


def let_it_be_told(touchbase: Touchbase) -> None:
    """The channel reads it an hour before New York's next shift ends."""
    let_it_close(touchbase)
    touchbase.slack.move_to("2026-10-21T21:00:00Z")
    touchbase.calm()


def press_private(touchbase: Touchbase, user: str, action_id: str, *, twice: bool = False) -> None:
    """Press in the newest message that the user alone sees and that has the button."""
    whom = touchbase.slack.user_id(user)
    own = [m for m in touchbase.messages() if m.get("ephemeral_to") == whom]
    found = [m for m in own if action_id in action_ids(m)]
    slack = touchbase.slack
    click = slack.click_twice if twice else slack.click
    click(user, action_id, channel=CHANNEL, ts=found[-1]["ts"])


def question(touchbase: Touchbase) -> Json:
    return [m for m in touchbase.from_bot() if QUESTION in m["text"]][-1]


def press(touchbase: Touchbase, user: str, score: int) -> None:
    touchbase.press(user, f"pulse.answer_{score}")


def private(touchbase: Touchbase) -> list[str]:
    return [m["text"] for m in touchbase.messages() if m.get("ephemeral_to")]


def results(touchbase: Touchbase) -> list[Json]:
    found = [
        m
        for m in touchbase.from_bot()
        if re.search(r"answers?.* Thank you|no answers this time", m["text"])
    ]
    return [m for m in found if m.get("thread_ts") not in {None, m["ts"]}]


def test_a_question_of_ones_own_is_previewed_before_it_is_posted(touchbase: Touchbase) -> None:
    ready(touchbase)
    posted = len(touchbase.from_bot())

    said = touchbase.slack.command(CHANNEL, "maria", "/pulse", OWN)
    before = len(touchbase.from_bot())
    press_private(touchbase, "maria", "pulse.post", twice=True)
    touchbase.calm()

    assert "Asked in the channel: Acme Retail 4, Globalcall 4." in said["text"]
    assert before == posted
    assert len(touchbase.from_bot()) == posted + 1
    assert "*how was the hand-over?* 1 not well, 5 very well." in question(touchbase)["text"]
    assert question(touchbase).get("thread_ts") in {None, question(touchbase)["ts"]}


def test_both_sides_answer_and_see_what_came_of_it(touchbase: Touchbase) -> None:
    ready(touchbase)
    post = ask(touchbase)
    for user, score in zip(ACME, (5, 5, 4, 4), strict=True):
        press(touchbase, user, score)
    for user, score in zip(GLOBALCALL[:3], (3, 3, 2), strict=True):
        press(touchbase, user, score)
    press(touchbase, "ana", 2)
    touchbase.calm()
    counted = question(touchbase)["text"]

    let_it_be_told(touchbase)

    assert "Answered so far: Acme Retail 4 of 4, Globalcall 3 of 4." in counted
    (result,) = results(touchbase)
    assert result["thread_ts"] == post["ts"]
    assert "3.6 of 5, seven answers. Thank you." in result["text"]
    closed = next(m for m in touchbase.messages() if m["ts"] == post["ts"])
    assert not any(action_id.startswith("pulse.answer") for action_id in action_ids(closed))
    direct = [m["text"] for m in touchbase.slack.direct_messages("maria")]
    assert any("Acme Retail 4.5, Globalcall 2.3" in text for text in direct)
    assert not any("2.3" in m["text"] for m in touchbase.from_bot())


def test_leads_of_both_companies_see_the_sides_by_a_button_and_others_the_joint_mean(
    touchbase: Touchbase,
) -> None:
    ready(touchbase)
    ask(touchbase)
    for user in (*ACME[:3], *GLOBALCALL[:3]):
        press(touchbase, user, 4 if user in ACME else 3)
    let_it_be_told(touchbase)
    seen = {}

    for user in ("maria", "ana", "miguel"):
        touchbase.press(user, "pulse.results")
        seen[user] = texts(touchbase.slack.modal(user))

    assert "Acme Retail 4.0, Globalcall 3.0" in seen["maria"]
    assert seen["ana"] == seen["maria"]
    assert "3.5 of 5, six answers" in seen["miguel"]
    assert "4.0" not in seen["miguel"]


def test_the_presser_alone_is_told_and_not_which_answer(touchbase: Touchbase) -> None:
    ready(touchbase)
    ask(touchbase)

    press(touchbase, "miguel", 3)
    touchbase.calm()

    assert private(touchbase)[-1].startswith("Your answer is in; which one is not said")
    assert "3" not in private(touchbase)[-1].partition(" Until ")[0]


def test_too_few_answers_of_a_side_are_never_shown(touchbase: Touchbase) -> None:
    ready(touchbase)
    ask(touchbase)
    for user in ("james", "miguel"):
        press(touchbase, user, 5)
    let_it_be_told(touchbase)

    touchbase.press("maria", "pulse.results")

    (result,) = results(touchbase)
    assert "two answers, too few to show. Thank you." in result["text"]
    assert "5.0" not in texts(touchbase.slack.modal("maria")) + result["text"]


def test_a_person_of_neither_side_is_told_so_and_counts_nothing(touchbase: Touchbase) -> None:
    ready(touchbase)
    ask(touchbase)
    observer = next(
        u["name"]
        for u in touchbase.slack.world()["users"]
        if u["name"] not in (*ACME, *GLOBALCALL)
        and u["id"] in members(touchbase)
        and not u["is_bot"]
    )

    press(touchbase, observer, 1)
    touchbase.calm()

    assert "You read along here. A lead of Acme Retail can add you" in private(touchbase)[-1]


def members(touchbase: Touchbase) -> list[str]:
    channels = touchbase.slack.world()["channels"]
    return next(c["members"] for c in channels if c["name"] == CHANNEL)


def test_a_closed_question_has_no_answer_buttons_left(touchbase: Touchbase) -> None:
    ready(touchbase)
    post = ask(touchbase)
    let_it_close(touchbase)

    with pytest.raises(ActRefused) as refused:
        touchbase.slack.click("miguel", "pulse.answer_3", channel=CHANNEL, ts=post["ts"])

    assert refused.value.error == "element_not_found"
    (closed,) = [m for m in touchbase.from_bot() if m["ts"] == post["ts"]]
    assert closed["text"].endswith("closed, no answers this time.")
    assert results(touchbase) == []


def test_an_outsider_who_leads_asks_by_the_form_of_the_hub(touchbase: Touchbase) -> None:
    ready(touchbase)
    touchbase.press("ana", "hub.more")
    view = touchbase.slack.modal("ana")
    touchbase.slack.click("ana", "hub.pulse", view_id=view["id"])

    shown = touchbase.slack.submit("ana", values={"question": {"value": "<!channel> all well?"}})
    touchbase.slack.submit("ana")
    touchbase.calm()

    assert "Asked in the channel" in texts(shown["view"])
    assert "&lt;!channel&gt; all well?" in question(touchbase)["text"]


def test_change_opens_the_form_with_what_was_typed(touchbase: Touchbase) -> None:
    ready(touchbase)
    touchbase.slack.command(CHANNEL, "maria", "/pulse", OWN)

    press_private(touchbase, "maria", "pulse.form_open")
    form = touchbase.slack.modal("maria")
    empty = touchbase.slack.submit("maria", values={"question": {"value": "   "}})
    shown = touchbase.slack.submit("maria", values={"question": {"value": "and the training?"}})

    field = next(block for block in form["blocks"] if block.get("block_id") == "question")
    assert field["element"]["initial_value"] == OWN
    assert set(empty["errors"]) == {"question"}
    assert "*and the training?*" in texts(shown["view"])


def test_who_is_no_lead_sees_results_instead_of_the_form_and_cannot_ask(
    touchbase: Touchbase,
) -> None:
    ready(touchbase)

    shown = touchbase.slack.command(CHANNEL, "james", "/pulse")
    refused = touchbase.slack.command(CHANNEL, "james", "/pulse", OWN)

    assert "Nothing to read about a pulse yet" in shown["text"]
    assert "This can be done by a lead of either side" in refused["text"]


def test_nobody_is_asked_before_both_sides_agreed(touchbase: Touchbase) -> None:
    touchbase.set_up()

    said = touchbase.slack.command(CHANNEL, "maria", "/pulse", OWN)

    assert "before both sides agreed" in said["text"]


def test_a_question_survives_lost_answers_of_slack(touchbase: Touchbase) -> None:
    ready(touchbase)
    touchbase.slack.fault("chat.postMessage", "lost_response")
    touchbase.slack.command(CHANNEL, "maria", "/pulse", OWN)
    press_private(touchbase, "maria", "pulse.post")
    touchbase.slack.advance("PT2M")

    press(touchbase, "ana", 4)
    let_it_be_told(touchbase)

    assert len([m for m in touchbase.from_bot() if "closed, one answer" in m["text"]]) == 1
    assert len(results(touchbase)) == 1


def test_the_weekly_question_comes_by_itself(touchbase: Touchbase) -> None:
    ready(touchbase)

    touchbase.slack.move_to("2026-10-21T12:59:00Z")
    before = [m for m in touchbase.from_bot() if QUESTION in m["text"]]
    touchbase.slack.move_to("2026-10-21T13:01:00Z")

    assert before == []
    # Wednesday, 9:00 in New York; it closes on Thursday at 17:00 there.
    assert "This week, how easily did you get answers" in question(touchbase)["text"]
    assert "<!date^1792702800^" in question(touchbase)["text"]


def test_after_the_press_a_form_asks_the_rest_and_is_filled_in_the_next_time(
    touchbase: Touchbase, caplog: pytest.LogCaptureFixture
) -> None:
    ready(touchbase)
    touchbase.slack.move_to("2026-10-21T13:01:00Z")
    caplog.set_level(logging.DEBUG)

    press(touchbase, "miguel", 2)
    low = touchbase.slack.modal("miguel")
    touchbase.slack.submit("miguel", values={"q2": {"value": "a word from <!channel>"}})
    press(touchbase, "miguel", 1)
    again = touchbase.slack.modal("miguel")

    assert [b["block_id"] for b in low["blocks"] if b["type"] == "input"] == ["q2"]
    assert "that link is destroyed" in texts(low)
    (known,) = [b["element"] for b in again["blocks"] if b["type"] == "input"]
    assert known["initial_value"] == "a word from <!channel>"
    assert not [name for name in ("a word from", "pulse.answer_") if name in caplog.text]


def test_both_sides_look_back_and_what_they_learned_is_kept(touchbase: Touchbase) -> None:
    ready(touchbase)
    touchbase.slack.command(CHANNEL, "maria", "/pulse", "retrospective")
    press_private(touchbase, "maria", "pulse.post")
    touchbase.calm()
    post = question(touchbase)
    for user in (*ACME[:3], *GLOBALCALL[:3]):
        press(touchbase, user, 4)
        touchbase.slack.submit(user, values={"q2": {"value": f"the calls, says {user}"}})
    let_it_be_told(touchbase)

    touchbase.press("ana", "lessons.open")
    written = texts(touchbase.slack.modal("ana"))
    touchbase.slack.submit("ana", values={"lesson_1": {"value": "Call before you write"}})
    touchbase.calm()
    touchbase.press("maria", "pulse.results")

    seen = texts(touchbase.slack.modal("maria"))
    (lessons,) = [m for m in touchbase.from_bot() if "What both sides learned" in m["text"]]
    assert lessons["thread_ts"] == post["ts"]
    assert "written down by Globalcall" in lessons["text"]
    assert "*Keep*, both sides together" in written
    assert "the calls, says miguel" in written
    assert "Call before you write" in seen
    assert not any("says miguel" in m["text"] for m in touchbase.from_bot())
    touchbase.press("maria", "lessons.undo")
    touchbase.calm()
    assert not any("Call before you write" in m["text"] for m in touchbase.from_bot())


def test_after_a_mention_the_sides_are_not_shown_to_everybody(touchbase: Touchbase) -> None:
    ready(touchbase)
    ask(touchbase)
    for user in (*ACME[:3], *GLOBALCALL[:3]):
        press(touchbase, user, 4 if user in ACME else 3)
    let_it_be_told(touchbase)
    bot = next(u["id"] for u in touchbase.slack.world()["users"] if u["is_bot"])

    ts = touchbase.slack.say(CHANNEL, "maria", f"<@{bot}> pulse results")
    touchbase.calm()

    (reply,) = touchbase.replies(ts)
    assert "3.5 of 5" in reply["text"]
    assert "Globalcall 3.0" not in reply["text"] + texts(reply)


def test_nothing_about_an_answer_is_in_the_file_after_closing(touchbase: Touchbase) -> None:
    ready(touchbase)
    ask(touchbase)
    for user in (*ACME, *GLOBALCALL):
        press(touchbase, user, 4)
    let_it_close(touchbase)

    store = Store.open(touchbase.database)
    db = store.reading()
    left = [next(iter(db.query(f"SELECT COUNT(*) AS n FROM {t}")))["n"] for t in FORGOTTEN]
    store.close()

    assert left == [0, 0]
    assert list(Path(f"{touchbase.database}-keys").iterdir()) == []


FORGOTTEN = ("survey_replies", "survey_roster")
