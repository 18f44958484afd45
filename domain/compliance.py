"""How the check-ins of a month went, and for which side each counts; no figure of a person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal

from domain.cadences import DROPPED_STATES, Occurrence
from domain.checkins import Confirmation
from domain.people import SIDES, Side
from domain.proposals import TurnMove

# A working day of the side that is told, in its own working time.
NOTICE_MINUTES: Final = 8 * 60
_MONTHS_IN_A_YEAR: Final = 12

Fate = Literal[
    "held", "not_held", "called_off", "told_differently", "not_confirmed", "still_to_come"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Whole months, one after the other. ``first_on``: the first day of the first one."""

    first_on: date
    months: int = 1

    @property
    def every(self) -> tuple[date, ...]:
        """The first day of each month, and of the one after the last."""
        return tuple(month_after(self.first_on, count) for count in range(self.months + 1))

    @property
    def before_on(self) -> date:
        """The first day that is not part of it."""
        return month_after(self.first_on, self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTurn:
    """A turn of a check-in with all that counts.

    Attributes:
        moves: What became of it, the first one first.
        said: What each side says; a side that said nothing is not in it.
        answer_until: Until then a side's silence is not taken for anything.
        was_asked: Whether the sides were asked if it took place.
        planned_by: The side that planned it while the other had not agreed; None: both had.
        by_rule_at: Where the rhythm, as it is for this turn, has it; None: not known.
        wrote: Of one in writing: the sides that answered before it closed; None: people meet, or
            nobody was asked.
        topics_due: How many topics were to be talked about; ``topics_covered`` of these were. They
            count where it was held.
    """

    turn: Occurrence
    answer_until: datetime
    moves: tuple[TurnMove, ...] = ()
    said: Mapping[Side, Confirmation] = field(default_factory=dict)
    was_asked: bool = True
    planned_by: Side | None = None
    by_rule_at: datetime | None = None
    wrote: frozenset[Side] | None = None
    topics_due: int = 0
    topics_covered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OfSide:
    """What counts for one side.

    Attributes:
        called_off: Skipped with notice.
        not_held: Did not take place, and this side shares in it.
    """

    moved_in_time: int = 0
    moved_late: int = 0
    called_off: int = 0
    not_held: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What became of the check-ins of one month.

    ``planned`` is the sum of the six fates: ``held``, ``not_held``, ``called_off``,
    ``told_differently``, ``not_confirmed`` and ``still_to_come``.

    Attributes:
        month_on: The first day of it.
        on_holidays: Left out as a holiday rule says; not planned.
        not_asked: Nobody was asked, because Touchbase rested or was off; not planned.
    """

    month_on: date
    planned: int = 0
    held: int = 0
    not_held: int = 0
    called_off: int = 0
    told_differently: int = 0
    not_confirmed: int = 0
    still_to_come: int = 0
    on_holidays: int = 0
    not_asked: int = 0
    topics_due: int = 0
    topics_covered: int = 0
    by_side: Mapping[Side, OfSide] = field(
        default_factory=lambda: {"client": OfSide(), "vendor": OfSide()}
    )

    @property
    def is_empty(self) -> bool:
        return not (self.planned or self.on_holidays or self.not_asked)


def month_after(month_on: date, count: int) -> date:
    """The first day of the month so many months later."""
    years, month = divmod(month_on.month - 1 + count, _MONTHS_IN_A_YEAR)
    return date(month_on.year + years, month + 1, 1)


def quarter_of(day: date) -> Period:
    return Period(first_on=date(day.year, day.month - (day.month - 1) % 3, 1), months=3)


def report(turns: Iterable[PastTurn], period: Period, now: datetime) -> list[Figures]:
    """The figures of each month of a period.

    A turn belongs to the month of its own day by the rule, whenever it took place, and counts from
    the moment at which it was first to start.
    """
    counted = [one for one in turns if started_first_at(one) <= now]
    return [
        _figures(month_on, [one for one in counted if _month_of(one) == month_on], now)
        for month_on in period.every[:-1]
    ]


def total(every: Sequence[Figures]) -> Figures:
    """Several months as one, which begins with the first."""
    numbers: dict[str, Any] = {name: sum(getattr(one, name) for one in every) for name in _NUMBERS}
    by_side = {side: _sum_of_side([one.by_side[side] for one in every]) for side in SIDES}
    return Figures(month_on=every[0].month_on, by_side=by_side, **numbers)


def fate_of(past: PastTurn, now: datetime) -> Fate | None:
    """What became of a turn; None where nothing is claimed: a holiday, a rest, an ended rule."""
    if past.turn.state in DROPPED_STATES:
        return _fate_of_dropped(past)
    if past.turn.state != "over":
        return "still_to_come"
    if past.wrote is not None:
        return "held" if past.wrote == set(SIDES) else "not_held"
    took_place = {one.said != "not_held" for one in past.said.values()}
    if len(took_place) > 1:
        return "told_differently"
    if len(past.said) < len(SIDES) and now < past.answer_until:
        return "not_confirmed"
    if not took_place:
        return "not_confirmed" if past.was_asked else None
    return "held" if True in took_place else "not_held"


def _fate_of_dropped(past: PastTurn) -> Fate | None:
    last = _last_kept(past)
    if last is None:
        return None
    if not _in_time(last):
        return "not_held"
    # A check-in that ended in time has no such turn any more.
    return "called_off" if last.what == "skip" else None


def moved_by(past: PastTurn) -> dict[Side, bool]:
    """The sides for which a turn counts as moved, and whether each told it in time.

    What was moved and moved back is no move, nor is a new rhythm that was told in time. A turn that
    was left out and then got another time was moved by whoever left it out. What is told only after
    the start is nobody's in particular, so it counts for both.
    """
    moves = [one for one in _counted(past) if one.what != "cancel" and not _is_rhythm(past, one)]
    if past.turn.state in DROPPED_STATES:
        moves = [one for one in moves if one.what == "move"]
    found: dict[Side, bool] = {}
    for one in moves:
        for side in SIDES if one.at >= one.from_at else (one.side,):
            found[side] = found.get(side, True) and _in_time(one)
    if not found and past.said and all(one.said == "other_day" for one in past.said.values()):
        return dict.fromkeys(SIDES, False)
    return found


def started_first_at(past: PastTurn) -> datetime:
    """When it was to start, before anybody moved it."""
    own = [one for one in past.moves if one.what != "holiday"]
    return own[0].from_at if own else past.turn.starts_at


def _figures(month_on: date, turns: Sequence[PastTurn], now: datetime) -> Figures:
    found = [(past, fate_of(past, now)) for past in turns]
    fates = [fate for _, fate in found if fate is not None]
    claimed = [past for past, fate in found if fate is not None]
    return Figures(
        month_on=month_on,
        planned=len(fates),
        held=fates.count("held"),
        not_held=fates.count("not_held"),
        called_off=fates.count("called_off"),
        told_differently=fates.count("told_differently"),
        not_confirmed=fates.count("not_confirmed"),
        still_to_come=fates.count("still_to_come"),
        on_holidays=sum(_on_holiday(past) for past, fate in found if fate is None),
        not_asked=sum(past.turn.state == "over" for past, fate in found if fate is None),
        topics_due=sum(past.topics_due for past, fate in found if fate == "held"),
        topics_covered=sum(past.topics_covered for past, fate in found if fate == "held"),
        by_side={side: _of_side(side, claimed, now) for side in SIDES},
    )


def _of_side(side: Side, turns: Sequence[PastTurn], now: datetime) -> OfSide:
    moves = [found[side] for past in turns if side in (found := moved_by(past))]
    fates = [fate for past in turns if side in _shares(past) and (fate := fate_of(past, now))]
    return OfSide(
        moved_in_time=moves.count(True),
        moved_late=moves.count(False),
        called_off=fates.count("called_off"),
        not_held=fates.count("not_held"),
    )


def _shares(past: PastTurn) -> tuple[Side, ...]:
    """The sides for which it counts that a turn did not take place."""
    if past.turn.state in DROPPED_STATES:
        last = _last_kept(past)
        return () if last is None else (last.side,)
    sides = SIDES if past.planned_by is None else (past.planned_by,)
    # Of one in writing it is known who was there.
    return tuple(side for side in sides if past.wrote is None or side not in past.wrote)


def _counted(past: PastTurn) -> list[TurnMove]:
    """What people did about a turn's time and did not take back.

    The new time of a turn that had been left out is no move of its own.
    """
    kept: list[TurnMove] = []
    for one in past.moves:
        if one.what == "holiday":
            continue
        kept.append(one)
        # Back where it was: all that lies between is taken back.
        back = [n for n, before in enumerate(kept) if before.from_at == one.to_at]
        if back:
            kept = kept[: back[0]]
    is_new_time = [n > 0 and kept[n - 1].what == "skip" for n in range(len(kept))]
    return [one for one, is_new in zip(kept, is_new_time, strict=True) if not is_new]


def _is_rhythm(past: PastTurn, move: TurnMove) -> bool:
    """Whether a move told in time only brought the turn to where its rhythm has it since."""
    return move.to_at is not None and move.to_at == past.by_rule_at and _in_time(move)


def _last_kept(past: PastTurn) -> TurnMove | None:
    """Who left a turn out that is left out; None: nobody's doing."""
    dropped = [one for one in _counted(past) if one.what in {"skip", "cancel"}]
    return dropped[-1] if dropped else None


def _in_time(move: TurnMove) -> bool:
    return move.at < move.from_at and move.notice_minutes >= NOTICE_MINUTES


def _on_holiday(past: PastTurn) -> bool:
    return past.turn.state == "skipped" and any(one.what == "holiday" for one in past.moves)


def _month_of(past: PastTurn) -> date:
    return past.turn.original.date().replace(day=1)


def _sum_of_side(every: Sequence[OfSide]) -> OfSide:
    sums: dict[str, Any] = {
        name: sum(getattr(one, name) for one in every) for name in _NUMBERS_OF_SIDE
    }
    return OfSide(**sums)


_NUMBERS_OF_SIDE: Final = ("moved_in_time", "moved_late", "called_off", "not_held")
_NUMBERS: Final = (
    "planned",
    "held",
    "not_held",
    "called_off",
    "told_differently",
    "not_confirmed",
    "still_to_come",
    "on_holidays",
    "not_asked",
    "topics_due",
    "topics_covered",
)
