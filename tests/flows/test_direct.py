"""Words written to the bot alone are answered as they are after a mention or a command."""

import json
from pathlib import Path

import pytest

from tests.flows.conftest import Touchbase, action_ids, texts
from tests.flows.small_world import TWELVE, WORLD
from tests.people import Json

SECOND = "acme-northwind"
WITH_NORTHWIND = (
    'setup client "Acme Retail", vendor "Northwind Audit", we are the client,'
    " zone America/New_York, their zone Europe/London"
)


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """Maria shares a channel with each of two companies; Ben is in none."""
    world = json.loads(WORLD.read_text(encoding="utf-8"))
    [first] = world["channels"]
    first["members"] = list(TWELVE)
    second = {"id": "C0ACMENORT", "name": SECOND, "shared_with": ["T0NORTH001"]}
    world["channels"].append(first | second | {"members": ["maria", "james", "nora"]})
    path = tmp_path / "world.json"
    path.write_text(json.dumps(world), encoding="utf-8")
    return path


def write(touchbase: Touchbase, user: str, words: str) -> Json:
    """Write to the bot alone, and read what it answers."""
    return written(touchbase, user, [words])[0]


def written(touchbase: Touchbase, user: str, lines: list[str]) -> list[Json]:
    """Write one line after the other, and read the answers in the same order."""
    slack = touchbase.slack
    before = len(from_bot(touchbase, user))
    for words in lines:
        slack.say(slack.user_id("touchbase"), user, words)
    slack.advance("PT30S")
    answers = from_bot(touchbase, user)[before:]
    assert len(answers) == len(lines), answers
    return answers


def from_bot(touchbase: Touchbase, user: str) -> list[Json]:
    return [one for one in touchbase.slack.direct_messages(user) if one.get("bot_id")]


def press(touchbase: Touchbase, user: str, message: Json, action_id: str, **which: str) -> None:
    touchbase.slack.click(
        user,
        action_id,
        channel=touchbase.slack.user_id("touchbase"),
        ts=message["ts"],
        **which,
    )
    touchbase.calm()


def set_up_second(touchbase: Touchbase) -> None:
    touchbase.slack.command(SECOND, "maria", "/touchbase", WITH_NORTHWIND)
    touchbase.slack.submit("maria")
    touchbase.slack.submit("maria")
    touchbase.calm()


# Words, what the answer says, and a button that stands below it.
ALONE = (
    ("", "What you can ask for", None),
    ("hello", "What you can ask for", None),
    ("hub", "Next check-in", "hub.more"),
    ("deliverable @ana price list by friday", "Noted: *price list*", "deliverable.undo"),
    ("deliverable send the refund script", "Almost.", "deliverable.form_open"),
    ("/deliverable @ana manual by monday", "Noted: *manual*", "deliverable.undo"),
    ("list", "*My list*: 2 deliverables", "deliverable.done"),
    ("done manual", "Done: *manual*", "deliverable.undo"),
    ("checkin weekly tue 10am ops review", "*ops review*, 30 minutes.", "checkin.create"),
    ("pulse how was the hand-over?", "*how was the hand-over?*", "pulse.post"),
    ("gaps", "", None),
    ("people", "Leads", "people.confirm"),
    ("setup", "settings", "hub.setup"),
    ("away until thursday", "You are away", "away.undo"),
    ("back", "Welcome back.", "away.again"),
    ('dayoff tomorrow "typhoon" us', "is off", "dayoff.undo"),
    ("stop", "I write nothing more to you", "pause.resume_me"),
    ("resume", "again", None),
    ("delivrable deck", "Did you mean `deliverable`?", None),
)


def test_every_word_works_in_a_direct_message_of_either_company(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.advance("PT1M")

    answers = written(touchbase, "ana", [words or " " for words, _, _ in ALONE])

    told, shown = [texts(one) for one in answers], [action_ids(one) for one in answers]
    asked = [(said, button) for _, said, button in ALONE]
    assert [text for text, (said, _) in zip(told, asked, strict=True) if said not in text] == []
    assert [
        ids for ids, (_, button) in zip(shown, asked, strict=True) if {button} - ids - {None}
    ] == []


def test_a_press_below_an_answer_is_answered_in_its_place(touchbase: Touchbase) -> None:
    touchbase.agreed()
    noted = write(touchbase, "ana", "deliverable @ana price list by friday")

    press(touchbase, "ana", noted, "deliverable.undo")

    [shown] = [one for one in from_bot(touchbase, "ana") if one["ts"] == noted["ts"]]
    assert "Noted" not in texts(shown)
    assert "price list" not in texts(write(touchbase, "ana", "list"))


def test_with_several_partnerships_the_words_or_a_press_say_which(touchbase: Touchbase) -> None:
    touchbase.agreed()
    set_up_second(touchbase)

    named = write(touchbase, "maria", "northwind: deliverable @maria audit plan by thursday")
    asked = write(touchbase, "maria", "deliverable @maria rota by friday")
    choices = [block["accessory"]["value"] for block in asked["blocks"] if block.get("accessory")]
    chosen = next(
        block["accessory"]["value"] for block in asked["blocks"] if "Globalcall" in str(block)
    )
    press(touchbase, "maria", asked, "direct.choose", value=chosen)

    [after] = [one for one in from_bot(touchbase, "maria") if one["ts"] == asked["ts"]]
    listed = write(touchbase, "maria", "mine")
    mine = texts(listed)
    [choice] = [b["elements"][0] for b in listed["blocks"] if b.get("block_id") == "list-partner"]
    other = next(one["value"] for one in choice["options"] if "Globalcall" in str(one))
    press(touchbase, "maria", listed, "deliverable.partner", selected=other)
    theirs = texts(from_bot(touchbase, "maria")[-1])
    assert "Noted: *audit plan*" in texts(named)
    assert len(choices) == 2
    assert "Noted: *rota*" in texts(after)
    assert "*audit plan*" in mine
    assert "*rota*" not in mine
    assert "*rota*" in theirs
    assert "*audit plan*" not in theirs


def test_gaps_of_all_partnerships_are_shown_where_one_is_alone_with_the_bot(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    set_up_second(touchbase)

    everywhere = write(touchbase, "maria", "gaps all")
    typed = touchbase.slack.command(touchbase.slack.user_id("touchbase"), "maria", "/gaps", "all")

    assert "*Acme Retail and Globalcall*" in texts(everywhere)
    assert "*Acme Retail and Globalcall*" in texts(typed)


def test_a_command_in_a_direct_message_does_what_it_does_in_the_channel(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    bot = touchbase.slack.user_id("touchbase")

    noted = touchbase.slack.command(bot, "maria", "/deliverable", "@maria price list by friday")
    touchbase.slack.command(bot, "maria", "/deliverable")

    assert "Noted: *price list*" in texts(noted)
    assert touchbase.slack.modal("maria")["callback_id"] == "deliverable.form"


def test_who_is_in_no_partnership_reads_how_one_begins(touchbase: Touchbase) -> None:
    at_home, outside = (write(touchbase, who, "list") for who in ("ben", "ana"))

    assert "`/touchbase setup`" in texts(at_home)
    assert "somebody of the company that installed me" in texts(outside)
    assert "`/" not in texts(outside)


def test_an_answer_comes_once_and_none_to_an_edit_or_a_deletion(touchbase: Touchbase) -> None:
    touchbase.agreed()
    slack = touchbase.slack
    bot = slack.user_id("touchbase")
    write(touchbase, "ana", "away until thursday")
    dm = slack.direct_messages("ana")[0]
    event = dm | {"channel": dm_channel(touchbase), "channel_type": "im"}
    before = len(from_bot(touchbase, "ana"))

    slack.do("event", team="T0ACME0001", event=event, event_id="Ev0AGAIN", times=2)
    slack.do("edit", channel=bot, ts=dm["ts"], user="ana", text="away until friday")
    slack.do("delete", channel=bot, ts=dm["ts"], user="ana")
    touchbase.calm()

    assert len(from_bot(touchbase, "ana")) == before


def dm_channel(touchbase: Touchbase) -> str:
    """Of the one person to whom the bot wrote directly."""
    places = {call["args"]["channel"] for call in touchbase.slack.calls("chat.postMessage")}
    [channel] = [place for place in places if place.startswith("D")]
    return str(channel)
