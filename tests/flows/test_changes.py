from pathlib import Path

import pytest

from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts
from tests.flows.small_world import small_world
from tests.people import Json


@pytest.fixture
def world(tmp_path: Path) -> Path | None:
    return small_world(tmp_path)


def in_thread(touchbase: Touchbase) -> list[str]:
    """The lines in the thread of *This week*, oldest first."""
    week = next(m for m in touchbase.from_bot() if "This week" in m["text"])
    return [reply["text"] for reply in touchbase.replies(week["ts"])]


def hub(touchbase: Touchbase) -> str:
    return texts(next(m for m in touchbase.messages() if m.get("pinned")))


def pressable(touchbase: Touchbase) -> set[str]:
    return {action_id for message in touchbase.from_bot() for action_id in action_ids(message)}


def opens_settings(touchbase: Touchbase, user: str) -> Json:
    """Over the buttons, as people of both companies can."""
    slack = touchbase.slack
    while slack.views(user)["modals"]:
        slack.post("close", user=slack.user_id(user), view_id=slack.modal(user)["id"])
    touchbase.press(user, "hub.more")
    slack.click(user, "hub.setup", view_id=slack.modal(user)["id"])
    return slack.modal(user)


def saves(touchbase: Touchbase, user: str, **values: str) -> Json:
    given = {field: {"value": value} for field, value in values.items()}
    saved = touchbase.slack.submit(user, values=given)
    touchbase.calm()
    return saved


def test_a_reply_time_is_proposed_by_the_home_side_and_agreed_by_the_other(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    touchbase.slack.command(CHANNEL, "maria", "/touchbase", "setup")
    saves(touchbase, "maria", reply_time="4")

    assert "Acme Retail proposes: normal answer within 4 working hours" in in_thread(touchbase)[-1]
    assert "Normal answer: 8 working hours" in hub(touchbase)

    touchbase.press("maria", "settings.agree")
    touchbase.calm()
    told = [m for m in touchbase.messages() if m.get("ephemeral_to")]
    assert "a lead of Globalcall decides" in told[-1]["text"]

    touchbase.slack.move_to("2026-10-20T01:00:00Z")
    touchbase.calm()
    asked = touchbase.message_with("settings.agree")
    assert f"<@{touchbase.slack.user_id('ana')}>" in asked["text"]

    touchbase.press("ana", "settings.agree")
    touchbase.calm()

    assert "Normal answer: 4 working hours" in hub(touchbase)
    assert "settings.agree" not in pressable(touchbase)
    assert in_thread(touchbase)[-1].startswith("Globalcall agreed: normal answer within 4")
    touchbase.press("ana", "settings.undo")
    touchbase.calm()
    assert "Normal answer: 8 working hours" in hub(touchbase)


def test_a_proposal_of_the_other_company_is_decided_in_the_settings(touchbase: Touchbase) -> None:
    touchbase.agreed()
    form = opens_settings(touchbase, "ana")
    assert form["callback_id"] == "setup.settings"
    saves(touchbase, "ana", reply_time="16")

    waiting = opens_settings(touchbase, "maria")
    touchbase.slack.click("maria", "settings.keep", view_id=waiting["id"])
    touchbase.calm()

    assert "Acme Retail keeps it as it is" in texts(touchbase.slack.modal("maria"))
    assert in_thread(touchbase)[-1].startswith("Acme Retail keeps it as it is: normal answer")
    assert "settings.agree" not in pressable(touchbase)


def test_each_side_sets_its_hours_and_takes_them_back_for_a_day(touchbase: Touchbase) -> None:
    touchbase.agreed()
    opens_settings(touchbase, "ana")
    wrong = saves(touchbase, "ana", hours="nine to six")
    kept = touchbase.slack.modal("ana")["callback_id"]

    saves(touchbase, "ana", hours="mon-fri 20:00-05:00", holidays="both")

    assert set(wrong["errors"]) == {"hours"}
    assert kept == "setup.settings"
    assert in_thread(touchbase)[-1] == (
        "Globalcall changed its working hours from Mon-Fri 09:00-18:00 to Mon-Fri 20:00-05:00 and"
        " the public holidays it keeps from those of PH to those of PH and US."
    )
    opened = opens_settings(touchbase, "ana")
    assert opened["state"]["values"]["hours"]["value"]["value"] == "mon-fri 20:00-05:00"

    touchbase.press("maria", "settings.undo")
    touchbase.press("ana", "settings.undo")
    touchbase.calm()

    undone = in_thread(touchbase)[-1]
    assert undone.startswith("Globalcall undid its change: working hours Mon-Fri 09:00-18:00")
    opens_settings(touchbase, "maria")
    saves(touchbase, "maria", summary="channel")
    assert "settings.undo" in action_ids(touchbase.message_with("settings.undo"))
    touchbase.slack.advance("P1DT1M")
    touchbase.calm()
    assert "settings.undo" not in pressable(touchbase)


def test_a_proposal_is_listed_at_once_and_until_the_other_side_decides(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    touchbase.slack.command(CHANNEL, "maria", "/touchbase", "setup")
    saves(touchbase, "maria", reply_time="4")
    early = touchbase.slack.command(CHANNEL, "maria", "/gaps")["text"]

    touchbase.slack.advance("P3D")
    late = touchbase.slack.command(CHANNEL, "maria", "/gaps")
    touchbase.press("ana", "hub.gaps")
    shown = touchbase.slack.modal("ana")
    touchbase.slack.click("ana", "settings.agree", view_id=shown["id"])
    touchbase.calm()
    settled = touchbase.slack.command(CHANNEL, "maria", "/gaps")["text"]

    proposal = "Acme Retail proposes: normal answer within 4 working hours"
    assert proposal in early
    assert proposal in late["text"]
    assert "Waiting for *Globalcall* since Mon 19 Oct" in late["text"]
    assert {"settings.agree", "settings.keep"} <= action_ids(shown)
    assert proposal not in settled
    assert "Normal answer: 4 working hours" in hub(touchbase)


def test_the_pulse_is_proposed_in_the_settings_and_holds_once_the_other_side_agrees(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    slack = touchbase.slack
    settings = opens_settings(touchbase, "ana")
    slack.click("ana", "pulse.plan", view_id=settings["id"])
    assert slack.modal("ana")["callback_id"] == "pulse.plan_view"

    wrong = slack.submit("ana", values={"own": {"value": "Same?\nSame?"}})
    proposed = slack.submit(
        "ana",
        values={"questions": {"value": "2"}, "own": {"value": "Hand-overs *ok*?"}},
    )
    touchbase.calm()

    assert set(wrong["errors"]) == {"own"}
    assert proposed["ok"], proposed
    (line,) = [said for said in in_thread(touchbase) if "proposes: the pulse" in said]
    assert "two questions a week" in line
    assert "Hand-overs \\*ok\\*?" not in line
    assert "(before: one question a week, each side's average for the leads alone)" in line

    touchbase.press("maria", "settings.agree")
    touchbase.calm()

    shown = texts(opens_settings(touchbase, "maria"))
    assert "*The pulse*: two questions a week" in shown
