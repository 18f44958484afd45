"""Changes of settings: of one side or agreed by both, open to be taken back for a day; no words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from domain.countries import country_of
from domain.errors import TouchbaseError
from domain.hours import hours_text, weekly_hours
from domain.ladders import ladder_of
from domain.partnerships import Partnership
from domain.people import Side, other_side

Setting = Literal[
    "name",
    "zone",
    "hours",
    "holidays",
    "summary",
    "sponsors",
    "reply_time",
    "ladder",
    "pulse",
]
State = Literal["proposed", "holds", "kept", "replaced", "undone"]
HolidayChoice = Literal["own", "other", "both", "none", "unchanged"]
Values = Mapping[Setting, str]

JOINT: Final[frozenset[Setting]] = frozenset({"reply_time", "ladder", "pulse"})
# They hold words that people typed.
TYPED: Final[frozenset[Setting]] = frozenset({"name", "pulse"})
UNDO_FOR: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)


class UnknownChange(TouchbaseError):
    """No such change is known any more."""


class OwnProposal(TouchbaseError):
    """Who proposed a change cannot agree to it; ``side_name``: of the side that decides."""

    def __init__(self, side_name: str) -> None:
        super().__init__(side_name)
        self.side_name = side_name


class ChangeSettled(TouchbaseError):
    """Something else became of the change meanwhile."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


class ChangedSince(TouchbaseError):
    """What would be taken back has been set anew since."""


class TooLateToUndo(TouchbaseError):
    """The day in which the change could be taken back is over."""


class UnknownCountry(TouchbaseError):
    """Nobody knows which country's public holidays go with a zone."""

    field = "holidays"

    def __init__(self, zone: str) -> None:
        super().__init__(zone)
        self.zone = zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Some settings that took, or are to take, another value.

    Attributes:
        side: Whose lead made or proposed it; what is not joint is a setting of this side.
        old: Before, by setting; the same settings as ``new``.
        settled_at: When it came to hold, was kept as it was, replaced or undone; None while
            proposed. ``settled_side``: the side that did so.
        post_key: Of the post that tells of it; None when nobody was told.
    """

    team_id: str
    id: str
    partnership_id: str
    side: Side
    state: State
    old: Values
    new: Values
    made_by: str
    made_at: datetime
    settled_side: Side | None = None
    settled_at: datetime | None = None
    post_key: str | None = None

    @property
    def is_joint(self) -> bool:
        return not JOINT.isdisjoint(self.new)

    @property
    def joint(self) -> Setting:
        """The setting that both sides decide; a change is about one of these at most."""
        return next(setting for setting in self.new if setting in JOINT)

    @property
    def undo_until(self) -> datetime | None:
        """Until when it can be taken back, that moment not included; None when it does not hold."""
        if self.state != "holds" or self.settled_at is None:
            return None
        return self.settled_at + UNDO_FOR

    def may_be_undone(self, now: datetime) -> bool:
        return self.undo_until is not None and now < self.undo_until

    def touches(self, other: "Change") -> bool:
        """Whether both are about the same setting of the same side, or of the partnership."""
        both = set(self.new) & set(other.new)
        return bool(both) if self.side == other.side else bool(both & JOINT)


def values_of(partnership: Partnership, side: Side) -> dict[Setting, str]:
    """The settings of a side, and those that both share, as they are stored in changes."""
    info = partnership.side(side)
    return {
        "name": info.name,
        "zone": info.calendar.zone,
        "hours": hours_text(info.calendar.hours),
        "holidays": _countries_text(info.calendar.holiday_countries),
        "summary": "channel" if side in partnership.public_summary else "leads",
        "sponsors": "told" if side in partnership.sponsors_hear else "not_told",
        "reply_time": str(int(partnership.reply_time / _MINUTE)),
        "ladder": partnership.ladder.code,
        "pulse": partnership.pulse,
    }


def with_values(partnership: Partnership, side: Side, values: Values) -> Partnership:
    """The partnership with other settings; what is not among the values stays as it is.

    Raises:
        UnknownZone, ImpossibleHours, UnknownHolidays, ImpossibleLadder.
    """
    every = values_of(partnership, side) | dict(values)
    info = partnership.side(side)
    calendar = replace(
        info.calendar,
        zone=every["zone"],
        hours=weekly_hours(every["hours"]),
        holiday_countries=_countries(every["holidays"]),
    )
    changed = replace(info, name=every["name"], calendar=calendar)
    others = partnership.public_summary - {side}
    hearing = partnership.sponsors_hear - {side}
    return replace(
        partnership,
        client=changed if side == "client" else partnership.client,
        vendor=changed if side == "vendor" else partnership.vendor,
        public_summary=others | {side} if every["summary"] == "channel" else others,
        sponsors_hear=hearing | {side} if every["sponsors"] == "told" else hearing,
        reply_time=int(every["reply_time"]) * _MINUTE,
        ladder=ladder_of(every["ladder"]),
        pulse=every["pulse"],
    )


def differing(partnership: Partnership, side: Side, wanted: Values) -> dict[Setting, str]:
    """Those of the wanted values that are not so already."""
    current = values_of(partnership, side)
    return {setting: value for setting, value in wanted.items() if value != current[setting]}


def agreed(change: Change, partnership: Partnership, by: Side, now: datetime) -> Change:
    """A proposal that holds from now on; the same change when it does already.

    Raises:
        OwnProposal: The other side decides.
        ChangeSettled: It is open no more.
    """
    if by == change.side:
        raise OwnProposal(partnership.side(other_side(by)).name)
    if change.state == "holds":
        return change
    _require_open(change)
    current = values_of(partnership, change.side)
    old = {setting: current[setting] for setting in change.new}
    return replace(change, state="holds", old=old, settled_side=by, settled_at=now)


def kept(change: Change, by: Side, now: datetime) -> Change:
    """A proposal that comes to nothing: declined by the other side or withdrawn by its own.

    Raises:
        ChangeSettled: It is open no more.
    """
    if change.state == "kept":
        return change
    _require_open(change)
    return replace(change, state="kept", settled_side=by, settled_at=now)


def replaced(change: Change, by: Side, now: datetime) -> Change:
    """A change whose setting was set, or proposed, anew."""
    return replace(change, state="replaced", settled_side=by, settled_at=now)


def undone(change: Change, partnership: Partnership, by: Side, now: datetime) -> Change:
    """A change that is taken back; the same change when it is already.

    Raises:
        ChangeSettled: It does not hold.
        TooLateToUndo, ChangedSince.
    """
    if change.state == "undone":
        return change
    if change.state != "holds":
        raise ChangeSettled(change.state)
    if not change.may_be_undone(now):
        raise TooLateToUndo
    if differing(partnership, change.side, change.new):
        raise ChangedSince
    return replace(change, state="undone", settled_side=by, settled_at=now)


def holiday_choice(partnership: Partnership, side: Side) -> HolidayChoice:
    """Whose public holidays a side observes; "unchanged" when it is none of the usual."""
    observed = set(partnership.side(side).calendar.holiday_countries)
    own, other = (_holidays_of(partnership.side(s).calendar.zone) for s in (side, other_side(side)))
    if not observed:
        return "none"
    usual: list[tuple[HolidayChoice, set[tuple[str, str | None]]]] = [
        ("own", own),
        ("other", other),
        ("both", own | other),
    ]
    return next((choice for choice, wanted in usual if observed == wanted), "unchanged")


def holidays_chosen(
    partnership: Partnership, side: Side, choice: HolidayChoice, zone: str
) -> str | None:
    """The stored value of a choice, for a side that lives in ``zone``; None: as it is.

    Raises:
        UnknownCountry: A country that is asked for is not known.
    """
    if choice == "unchanged":
        return None
    other = partnership.side(other_side(side)).calendar.zone
    wanted: dict[HolidayChoice, tuple[str, ...]] = {
        "own": (zone,),
        "other": (other,),
        "both": (zone, other),
    }
    found: set[tuple[str, str | None]] = set()
    for name in wanted.get(choice, ()):
        here = _holidays_of(name)
        if not here:
            raise UnknownCountry(name)
        found |= here
    if found == set(partnership.side(side).calendar.holiday_countries):
        return None
    return _countries_text(tuple(sorted(found, key=str)))


def _require_open(change: Change) -> None:
    if change.state != "proposed":
        raise ChangeSettled(change.state)


def _holidays_of(zone: str) -> set[tuple[str, str | None]]:
    country = country_of(zone)
    return set() if country is None else {(country, None)}


def _countries_text(places: tuple[tuple[str, str | None], ...]) -> str:
    """In the form "PH US-NY"."""
    return " ".join(country if part is None else f"{country}-{part}" for country, part in places)


def _countries(text: str) -> tuple[tuple[str, str | None], ...]:
    parts = (word.partition("-") for word in text.split())
    return tuple((country, part or None) for country, _, part in parts)
