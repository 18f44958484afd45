"""The four weeks: what happens on each day, at what hour of whose clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from demo import scenes
from demo.people import (
    ANA,
    CARLO,
    DIVYA,
    GRACE,
    JAMES,
    JOY,
    LIZA,
    MANILA,
    MARIA,
    MIGUEL,
    NEW_YORK,
    OWEN,
    PRIYA,
    TOM,
)
from demo.scenes import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """Something that happens at an hour of somebody's clock."""

    at: time
    zone: str
    act: Act

    def on(self, day: date) -> datetime:
        """The moment in UTC."""
        return datetime.combine(day, self.at, ZoneInfo(self.zone)).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day, and what happened on it in a line for whoever watches.

    Attributes:
        on: The day in New York and in Manila; Manila's office hours come first.
    """

    on: date
    told: str
    hours: tuple[Hour, ...] = ()


def manila(at: str, act: Act) -> Hour:
    return Hour(at=time.fromisoformat(at), zone=MANILA, act=act)


def new_york(at: str, act: Act) -> Hour:
    return Hour(at=time.fromisoformat(at), zone=NEW_YORK, act=act)


def day(on: str, told: str, *hours: Hour) -> Day:
    return Day(on=date.fromisoformat(on), told=told, hours=hours)


DECK, FORECAST = "Training deck", "Volume forecast"
SCRIPT, ROSTER, CALIBRATION = "Refund script", "November roster", "Quality calibration"
SHIFTS, PEAK = "Shift plan", "Black Friday forecast"
PLAN, POLICY = "Peak season plan", "Returns policy"

BEFORE: Final = (
    day(
        "2026-10-15",
        "Maria (Acme Retail) sets Touchbase up in #acme-globalcall.",
        new_york("10:00", scenes.sets_up),
        new_york("10:10", scenes.lists_people(MARIA, JAMES, PRIYA, TOM, GRACE, OWEN)),
    ),
    day(
        "2026-10-16",
        "Miguel agrees for Globalcall. Both leads want the summary in the channel.",
        manila("09:30", scenes.agrees),
        manila("09:45", scenes.lists_people(MIGUEL, ANA, LIZA, CARLO, DIVYA, JOY)),
        manila("09:50", scenes.wants_summaries_in_the_channel(MIGUEL)),
        manila("10:00", scenes.says(MIGUEL, "Good morning from Manila. Happy to try this.")),
        new_york("09:30", scenes.wants_summaries_in_the_channel(MARIA)),
        new_york("09:40", scenes.says(MARIA, "Welcome, all. Promises go here from now on.")),
    ),
)

FIRST_WEEK: Final = (
    day(
        "2026-10-19",
        "First promises: a training deck from Globalcall, a volume forecast from Acme Retail.",
        manila("11:00", scenes.adds_point(ANA, "Two new trainers start in November")),
        new_york("10:00", scenes.asks_for(MARIA, f"@ana {DECK} by friday")),
        new_york("10:05", scenes.asks_for(MARIA, f"@james {FORECAST} by thursday")),
        new_york("11:00", scenes.adds_point(JAMES, "Volume in the last week of November")),
        new_york("14:00", scenes.says(PRIYA, "@divya how many agents for Black Friday?")),
    ),
    day(
        "2026-10-20",
        "The operations review takes place, with a point of each side.",
        manila("10:00", scenes.accepts(ANA, DECK)),
        manila("10:20", scenes.replies(DIVYA, "how many agents", "44 trained, 50 with overtime.")),
        new_york("09:35", scenes.says_it_took_place(MARIA)),
        new_york("10:00", scenes.accepts(JAMES, FORECAST)),
    ),
    day(
        "2026-10-21",
        "Miguel confirms the review, too. The first pulse: one question to both sides.",
        manila("09:20", scenes.says_it_took_place(MIGUEL)),
        manila("15:00", scenes.says(LIZA, "The new hires start on Monday, all twelve.")),
        new_york("10:30", scenes.says(TOM, "@liza great. Do they have their logins?")),
        new_york("11:00", scenes.answer_the_pulse({MARIA: 5, JAMES: 4, PRIYA: 4, TOM: 5})),
    ),
    day(
        "2026-10-22",
        "James (Acme Retail) delivers the volume forecast in time.",
        manila("09:30", scenes.replies(LIZA, "have their logins", "Yes, since this morning.")),
        manila("09:40", scenes.answer_the_pulse({MIGUEL: 4, ANA: 4, LIZA: 3, CARLO: 4, JOY: 4})),
        new_york("09:30", scenes.answer_the_pulse({GRACE: 4, OWEN: 5})),
        new_york("11:00", scenes.has_done(JAMES, FORECAST)),
    ),
    day(
        "2026-10-23",
        "Ana (Globalcall) delivers the training deck in time.",
        manila("09:40", scenes.finds_it_good(MIGUEL, FORECAST)),
        manila("11:00", scenes.has_done(ANA, DECK)),
        new_york("09:30", scenes.says(MARIA, "Thank you for the deck, it reads well.")),
        new_york("09:32", scenes.finds_it_good(MARIA, DECK)),
    ),
)

SECOND_WEEK: Final = (
    day(
        "2026-10-26",
        "The summary of a good week. New promises on both sides.",
        manila("10:00", scenes.asks_with_form(MIGUEL, SCRIPT, PRIYA, "2026-10-28")),
        manila("10:30", scenes.asks_with_form(MIGUEL, CALIBRATION, ANA, "2026-10-30")),
        manila("11:00", scenes.accepts(ANA, CALIBRATION)),
        new_york("09:30", scenes.accepts(PRIYA, SCRIPT)),
        new_york("10:00", scenes.asks_for(MARIA, f"@liza {ROSTER} by wednesday")),
    ),
    day(
        "2026-10-27",
        "Nobody comes to the operations review; both leads say so.",
        manila("10:00", scenes.accepts(LIZA, ROSTER)),
        manila("16:30", scenes.says(JOY, "Heavy rain is coming, we may lose power tomorrow.")),
        new_york("09:45", scenes.says_it_did_not(MARIA)),
        new_york("10:00", scenes.says(OWEN, "Stay safe. We missed each other today.")),
    ),
    day(
        "2026-10-28",
        "A storm: Miguel takes the day off for all of Globalcall. Two promises are due.",
        manila("07:30", scenes.tells_touchbase(MIGUEL, 'dayoff today "storm" vendor')),
        new_york("11:00", scenes.answer_the_pulse({MARIA: 3, JAMES: 3, TOM: 4, GRACE: 3})),
    ),
    day(
        "2026-10-29",
        "Ana gives her calibration a new date, a day before it is due, and says why.",
        manila("09:20", scenes.says_it_did_not(MIGUEL)),
        manila(
            "09:40",
            scenes.gives_new_date(ANA, CALIBRATION, "2026-11-05", "we lost a day to the storm"),
        ),
        manila("10:00", scenes.answer_the_pulse({MIGUEL: 3, ANA: 2, LIZA: 3, DIVYA: 3})),
        manila("10:30", scenes.says(MIGUEL, "We are back. Everybody is safe.")),
    ),
    day(
        "2026-10-30",
        "The leads see what Monday's summary will say: a promise of each side is late.",
        manila("14:00", scenes.says(LIZA, "The roster still lacks the weekend.")),
        manila("15:00", scenes.adds_note(MIGUEL, ROSTER, "two trainers out after the storm")),
        new_york("10:00", scenes.says(MARIA, "Thank you for letting us know early.")),
    ),
)

THIRD_WEEK: Final = (
    day(
        "2026-11-02",
        "New York's clocks went back. All Souls' Day in Manila: nobody there is written to.",
        new_york("10:30", scenes.asks_for(MARIA, f"@carlo {SHIFTS} by friday")),
    ),
    day(
        "2026-11-03",
        "The review keeps its hour in New York. What was late comes in, from both sides.",
        manila("09:30", scenes.has_done(LIZA, ROSTER)),
        manila("09:40", scenes.accepts(CARLO, SHIFTS)),
        manila("09:45", scenes.tells_touchbase(CARLO, "away tomorrow until thursday")),
        manila("10:00", scenes.says(LIZA, "The roster is in, weekend included.")),
        new_york("09:35", scenes.says_it_took_place(MARIA)),
        new_york("09:50", scenes.has_done(PRIYA, SCRIPT)),
    ),
    day(
        "2026-11-04",
        "Carlo is away; nobody asks him for anything.",
        manila("09:20", scenes.says_it_took_place(MIGUEL)),
        manila("11:00", scenes.says(DIVYA, "Call quality is back at the level before the storm.")),
        new_york("11:00", scenes.answer_the_pulse({MARIA: 4, JAMES: 5, PRIYA: 4, OWEN: 5})),
    ),
    day(
        "2026-11-05",
        "Ana keeps the new date. Acme Retail has not written since Friday.",
        manila("09:40", scenes.answer_the_pulse({MIGUEL: 3, ANA: 3, LIZA: 3, JOY: 2})),
        manila("15:00", scenes.has_done(ANA, CALIBRATION)),
        manila("15:05", scenes.says(ANA, "The calibration is done. Could somebody look at it?")),
    ),
    day(
        "2026-11-06",
        "Carlo is back and delivers the shift plan in time.",
        manila("11:00", scenes.has_done(CARLO, SHIFTS)),
    ),
)

FOURTH_WEEK: Final = (
    day(
        "2026-11-09",
        "The summary says that Acme Retail was silent. Maria writes at once.",
        manila("10:00", scenes.asks_with_form(MIGUEL, POLICY, GRACE, "2026-11-12")),
        new_york("09:30", scenes.says(MARIA, "Sorry for the quiet week. The calibration is good.")),
        new_york("09:32", scenes.finds_it_good(MARIA, CALIBRATION)),
        new_york("09:40", scenes.accepts(GRACE, POLICY)),
        new_york("10:00", scenes.asks_for(MARIA, f"@james {PEAK} by thursday")),
        new_york("10:10", scenes.accepts(JAMES, PEAK)),
        new_york("10:20", scenes.asks_for(MARIA, f"@ana {PLAN} by friday")),
    ),
    day(
        "2026-11-10",
        "The operations review takes place. James is two days early with his forecast.",
        manila("10:00", scenes.accepts(ANA, PLAN)),
        manila("10:30", scenes.adds_point(LIZA, "Breaks on Black Friday")),
        new_york("09:35", scenes.says_it_took_place(MARIA)),
        new_york("11:00", scenes.has_done(JAMES, PEAK)),
    ),
    day(
        "2026-11-11",
        "Veterans Day: Acme Retail is off, and nobody there is written to.",
        manila("09:20", scenes.says_it_took_place(MIGUEL)),
        manila("10:00", scenes.says(JOY, "Enjoy your holiday. All calm here.")),
    ),
    day(
        "2026-11-12",
        "Acme Retail answers the pulse. Its returns policy is due today.",
        new_york("10:00", scenes.answer_the_pulse({MARIA: 5, JAMES: 4, PRIYA: 5, GRACE: 4})),
        new_york("16:00", scenes.says(GRACE, "The returns policy waits for our lawyers.")),
    ),
    day(
        "2026-11-13",
        "Three of six at Globalcall answer the pulse. Its peak season plan is due today.",
        manila("09:30", scenes.answer_the_pulse({MIGUEL: 4, LIZA: 4, DIVYA: 5})),
        new_york("10:00", scenes.says(GRACE, "Have a good weekend, all.")),
    ),
)

LAST_DAYS: Final = (
    day("2026-11-16", "The summary: one promise of each side is open, each with a next step."),
    day(
        "2026-11-17",
        "Ana's working day begins. Her plan is still open.",
        manila("09:05", scenes.looks),
    ),
)

WEEKS: Final = (*BEFORE, *FIRST_WEEK, *SECOND_WEEK, *THIRD_WEEK, *FOURTH_WEEK, *LAST_DAYS)
