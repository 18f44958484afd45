"""Kinds of check-ins that can be chosen whole: how often, how long, and who is expected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, cast, get_args

from domain import zones
from domain.cadences import Plan
from domain.partnerships import Partnership, Template
from domain.people import Role
from domain.rule_text import Rule, monthly_by_weekday, quarterly, weekly
from domain.templates import Start, first_of_many

PresetCode = Literal["operations_review", "service_review", "business_review", "coffee", "written"]

_CODES: Final[frozenset[str]] = frozenset(get_args(PresetCode))
_TUESDAY, _WEDNESDAY, _THURSDAY, _FRIDAY = 1, 2, 3, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A kind of check-in.

    Attributes:
        weekday: On which it usually is, 0 is Monday; part of ``rule``.
        roles: Who is expected on each side.
    """

    code: PresetCode
    rule: Rule
    weekday: int
    minutes: int
    roles: tuple[Role, ...]


_EVERY: Final[tuple[Preset, ...]] = (
    Preset(
        code="operations_review",
        rule=weekly((_TUESDAY,)),
        weekday=_TUESDAY,
        minutes=30,
        roles=("lead", "member"),
    ),
    Preset(
        code="service_review",
        rule=monthly_by_weekday(2, _WEDNESDAY),
        weekday=_WEDNESDAY,
        minutes=60,
        roles=("lead",),
    ),
    Preset(
        code="business_review",
        rule=quarterly(monthly_by_weekday(2, _TUESDAY), month=1),
        weekday=_TUESDAY,
        minutes=90,
        roles=("lead", "sponsor"),
    ),
    Preset(
        code="coffee",
        rule=weekly((_FRIDAY,), 2),
        weekday=_FRIDAY,
        minutes=15,
        roles=("lead", "member"),
    ),
    Preset(
        code="written",
        rule=weekly((_THURSDAY,)),
        weekday=_THURSDAY,
        minutes=30,
        roles=("lead", "member"),
    ),
)
PRESETS: Final[Mapping[PresetCode, Preset]] = {one.code: one for one in _EVERY}
"""What is offered, in this order."""


WEEKLY: Final[PresetCode] = "operations_review"
"""The one that every template has, under a name of its own; it begins with the agreement."""
AT_SET_UP: Final[Mapping[Template, tuple[PresetCode, ...]]] = {
    "call_center": (WEEKLY,),
    "agency": (WEEKLY, "business_review"),
    "software_team": (WEEKLY, "business_review"),
    "one_project": (WEEKLY,),
    "just_check_ins": (WEEKLY,),
}
"""What each template begins with where nobody chose otherwise."""


def known_kinds(codes: Iterable[str]) -> tuple[PresetCode, ...]:
    """Those of some codes that there are, each once, in the order in which they are offered."""
    named = set(codes)
    return tuple(code for code in PRESETS if code in named)


def preset_of(plan: Plan) -> PresetCode | None:
    """Which kind a check-in is; None: one of its own."""
    said = str(plan.settings.get("preset", ""))
    return cast("PresetCode", said) if said in _CODES else None


def settings_of(preset: Preset) -> dict[str, str | int | bool]:
    """What a check-in of this kind keeps beside its rhythm."""
    return {"preset": preset.code, "roles": ",".join(preset.roles)}


def plan_of(preset: Preset, title: str, partnership: Partnership, now: datetime) -> Plan:
    """The check-in as it is suggested: at an hour that suits both sides where there is one.

    Of what is weekly the weekday follows that hour: Manila's Friday begins on New York's Thursday.
    """
    home = partnership.side(partnership.home_side).calendar
    other = partnership.side(partnership.guest_side).calendar
    start = Start(weekday=preset.weekday, minutes=preset.minutes, pulse=False, summary=False)
    first = zones.local(first_of_many(start, home, other, now), home.zone)
    is_weekly = preset.rule.frequency == "weekly"
    return Plan(
        kind="checkin",
        title=title,
        rule=weekly((first.weekday(),), preset.rule.every_weeks) if is_weekly else preset.rule,
        local_start=first,
        zone=home.zone,
        length=timedelta(minutes=preset.minutes),
        settings=settings_of(preset),
    )
