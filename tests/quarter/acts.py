"""What people of both companies do in the half year, when, over the control calls alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tests.flows.checkin_acts import press_private, say
from tests.flows.conftest import CHANNEL, Touchbase, action_ids
from tests.quarter.half_year import (
    BUSINESS,
    OPERATIONS,
    OUTCOMES,
    SERVICE,
    TOOK_PLACE_ON,
    TURNS,
    Said,
    Side,
    Took,
)

Act = Callable[[Touchbase], None]

BEGINS_AT: Final = "2026-09-28T13:00:00+00:00"
ENDS_AT: Final = "2027-03-31T15:00:00+00:00"
LEADS: Final[dict[Side, str]] = {"client": "maria", "vendor": "ana"}
_MINUTES: Final = {OPERATIONS: 30, SERVICE: 60, BUSINESS: 90}
_BUTTONS: Final[dict[Said, str]] = {
    "held": "checkin.held",
    "other_day": "checkin.other_day",
    "not_held": "checkin.not_held",
}
_RHYTHMS: Final = (
    ("weekly operations review monday 10am", "skip"),
    ("monthly service review second wednesday 9:30am", "shared"),
    ("quarterly business review first working day 1pm", "keep"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    at: datetime
    act: Act


def begin(touchbase: Touchbase) -> None:
    """Both agree; Globalcall follows New York's clock; three check-ins are planned and agreed."""
    touchbase.agreed()
    for user in LEADS.values():
        confirm_people(touchbase, user)
    night = {"zone": "New York", "hours": "mon-fri 9-18", "holidays": "unchanged"}
    change_settings("ana", summary="channel", **night)(touchbase)
    change_settings("maria", summary="channel")(touchbase)
    say(touchbase, "cancel")
    press_private(touchbase, "maria", "checkin.end")
    for words, holidays in _RHYTHMS:
        say(touchbase, words)
        press_private(touchbase, "maria", "checkin.form_open")
        answers = {"holidays": {"value": holidays}, "starts_on": {"value": "2026-10-01"}}
        touchbase.slack.submit("maria", values=answers)
        touchbase.slack.submit("maria")
        touchbase.calm()
        touchbase.press("ana", "proposal.agree")
        touchbase.calm()


def confirm_people(touchbase: Touchbase, user: str) -> None:
    """A lead says that those who were found are the ones who work on this."""
    slack = touchbase.slack
    own = [m for m in touchbase.messages() if m.get("ephemeral_to") == slack.user_id(user)]
    asked = next(m for m in own if "people.confirm" in action_ids(m))
    slack.click(user, "people.confirm", channel=CHANNEL, ts=asked["ts"])
    touchbase.calm()


def change_settings(user: str, **answers: str) -> Act:
    def act(touchbase: Touchbase) -> None:
        slack = touchbase.slack
        touchbase.press(user, "hub.more")
        more = slack.modal(user)
        slack.click(user, "hub.setup", view_id=more["id"])
        values = {name: {"value": value} for name, value in answers.items()}
        sent = slack.submit(user, values=values)
        assert sent.get("ok"), sent
        slack.post("close", user=user, view_id=more["id"])
        touchbase.calm()

    return act


def changes(user: str, words: str, action_id: str) -> Act:
    """Types what is to become of a check-in, and presses what the answer offers."""

    def act(touchbase: Touchbase) -> None:
        if user == "maria":
            say(touchbase, words)
            press_private(touchbase, user, action_id)
        else:
            mentions(user, f"checkin {words}")(touchbase)
            touchbase.press(user, action_id)
        touchbase.calm()

    return act


def mentions(user: str, words: str) -> Act:
    def act(touchbase: Touchbase) -> None:
        bot = touchbase.slack.user_id("touchbase")
        touchbase.slack.say(CHANNEL, user, f"<@{bot}> {words}")
        touchbase.calm()

    return act


def answers(title: str, side: Side, said: Said) -> Act:
    """A lead says for the own side what became of the turn that was asked about last."""

    def act(touchbase: Touchbase) -> None:
        asked = [m for m in touchbase.from_bot() if f"*{title}*" in m["text"]]
        question = [m for m in asked if "take place?" in m["text"]][-1]
        user = LEADS[side]
        touchbase.slack.click(user, _BUTTONS[said], channel=CHANNEL, ts=question["ts"])
        if said == "other_day":
            sent = touchbase.slack.submit(user, values={"day": {"value": TOOK_PLACE_ON}})
            assert sent["ok"], sent
        touchbase.calm()

    return act


def says_what_came_of(title: str, outcomes: Mapping[str, str]) -> Act:
    """Maria says of some topics how they ended; the menus of the others stay as they are."""

    def act(touchbase: Touchbase) -> None:
        question = touchbase.message_with("checkin_report.open")
        assert f"*{title}*" in question["text"]
        slack = touchbase.slack
        slack.click("maria", "checkin_report.open", channel=CHANNEL, ts=question["ts"])
        menus = {
            block["label"]["text"].lower(): block["block_id"]
            for block in slack.modal("maria")["blocks"]
            if block.get("block_id", "").startswith("outcome_topic_")
        }
        values = {menus[topic]: {"value": outcome} for topic, outcome in outcomes.items()}
        sent = slack.submit("maria", values=values)
        assert sent["ok"], sent
        touchbase.calm()

    return act


def everything() -> list[Dated]:
    """All acts after the beginning, in order."""
    return sorted([*_answers(), *_outcomes(), *_changes()], key=lambda one: one.at)


def _answers() -> Iterator[Dated]:
    """Five minutes after the end the client's lead answers, then the vendor's."""
    for turn in TURNS:
        if not isinstance(turn, Took):
            continue
        over_at = _at(turn.start) + timedelta(minutes=_MINUTES[turn.title])
        for side, said in turn.said.items():
            wait = timedelta(minutes=5 if side == "client" else 8)
            yield Dated(at=over_at + wait, act=answers(turn.title, side, said))


def _outcomes() -> Iterator[Dated]:
    for turn in TURNS:
        outcomes = OUTCOMES.get(turn.by_rule)
        if isinstance(turn, Took) and outcomes is not None:
            over_at = _at(turn.start) + timedelta(minutes=_MINUTES[turn.title])
            act = says_what_came_of(turn.title, outcomes)
            yield Dated(at=over_at + timedelta(minutes=12), act=act)


def _changes() -> Iterator[Dated]:
    for at, act in _CHANGES:
        yield Dated(at=_at(at), act=act)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


_OPS, _SERVICE = "operations review", "service review"
_CHANGES: Final[tuple[tuple[str, Act], ...]] = (
    ("2026-10-16T14:00Z", changes("maria", f"move {_OPS} to tue 20 oct 10am", "checkin.move")),
    (
        "2026-10-26T13:15Z",
        changes("ana", f"move {_OPS} to tue 27 oct 10am new york", "checkin.move"),
    ),
    ("2026-11-19T15:00Z", changes("maria", f"skip {_OPS} on 23 nov, audit", "checkin.skip")),
    ("2026-12-09T14:10Z", changes("ana", f"skip {_SERVICE}", "checkin.skip")),
    ("2026-12-11T15:00Z", mentions("ana", "away 14-18 dec")),
    ("2026-12-28T16:30Z", mentions("ana", 'dayoff 4 jan "staff day" vendor')),
    (
        "2027-01-08T15:00Z",
        changes("maria", f"move {_SERVICE} to thu 14 jan 9:30am", "checkin.move"),
    ),
    (
        "2027-01-14T14:05Z",
        changes("ana", f"move {_SERVICE} to fri 15 jan 9:30am new york", "checkin.move"),
    ),
    (
        "2027-01-15T16:00Z",
        change_settings("ana", zone="Manila", hours="mon-fri 6-15", holidays="unchanged"),
    ),
    ("2027-01-15T16:30Z", changes("maria", f"move {_OPS} to mon 25 jan 5pm", "checkin.move_all")),
    (
        "2027-01-15T16:40Z",
        changes("maria", f"move {_SERVICE} to wed 10 feb 5pm", "checkin.move_all"),
    ),
    (
        "2027-02-02T22:30Z",
        changes("ana", f"move {_OPS} to tue 9 feb 5pm new york", "checkin.move"),
    ),
    ("2027-02-22T19:00Z", changes("maria", f"move {_OPS} to tue 23 feb 5pm", "checkin.move")),
    ("2027-03-25T14:00Z", changes("maria", f"cancel {_OPS}", "checkin.end")),
)
