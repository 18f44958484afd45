"""Half a year of check-ins, worked out by hand with a wall calendar; the judge of what is played.

Acme Retail works in New York, Monday to Friday 9:00 to 18:00. Globalcall works in Manila: until
15 January at night, the same hours on New York's clock, with the holidays of the Philippines; from
then on from 6:00 to 15:00 on its own clock. New York is 12 hours behind Manila until Saturday
31 October, 13 hours behind from Sunday 1 November to Saturday 13 March, then 12 again.

Nothing in here is computed: each moment stands as both sides' clocks show it, and in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Side = Literal["client", "vendor"]
Said = Literal["held", "other_day", "not_held"]
Fate = Literal[
    "held",
    "did not take place",
    "called off with notice",
    "told differently",
    "not confirmed",
    "left out",
]

OPERATIONS: Final = "Operations review"
SERVICE: Final = "Service review"
BUSINESS: Final = "Business review"

# Of the one turn of which both sides say that it was on another day.
TOOK_PLACE_ON: Final = "2026-12-23"

BOTH_HELD: Final[Mapping[Side, Said]] = {"client": "held", "vendor": "held"}
NEITHER_HELD: Final[Mapping[Side, Said]] = {"client": "not_held", "vendor": "not_held"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """A turn that came to its time, perhaps another one than the rule's.

    Attributes:
        by_rule: Its day by the rule, in New York.
        start: The moment in UTC; ``new_york`` and ``manila`` are what the clocks show then.
        said: What each side said afterwards; a side that is not in it said nothing.
    """

    title: str
    by_rule: str
    start: str
    new_york: str
    manila: str
    said: Mapping[Side, Said] = field(default_factory=lambda: BOTH_HELD)
    fate: Fate = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A turn that never came. ``why``: in words, for whoever reads this calendar."""

    title: str
    by_rule: str
    fate: Fate
    why: str


# The operations review: Mondays at 10:00 in New York until January, then at 17:00. A holiday of
# either side leaves it out.
OPERATIONS_REVIEWS: Final[tuple[Took | Dropped, ...]] = (
    Took(
        title=OPERATIONS,
        by_rule="2026-10-05",
        start="2026-10-05T14:00Z",
        new_york="Mon 5 Oct 10:00",
        manila="Mon 5 Oct 22:00",
    ),
    Dropped(
        title=OPERATIONS,
        by_rule="2026-10-12",
        fate="left out",
        why="Columbus Day in New York",
    ),
    # Acme moved it on Friday, nine working hours before, to the day after.
    Took(
        title=OPERATIONS,
        by_rule="2026-10-19",
        start="2026-10-20T14:00Z",
        new_york="Tue 20 Oct 10:00",
        manila="Tue 20 Oct 22:00",
    ),
    # Globalcall moved it three quarters of an hour before.
    Took(
        title=OPERATIONS,
        by_rule="2026-10-26",
        start="2026-10-27T14:00Z",
        new_york="Tue 27 Oct 10:00",
        manila="Tue 27 Oct 22:00",
    ),
    Dropped(
        title=OPERATIONS,
        by_rule="2026-11-02",
        fate="left out",
        why="All Souls' Day in Manila",
    ),
    # The clocks went back: an hour later for Manila.
    Took(
        title=OPERATIONS,
        by_rule="2026-11-09",
        start="2026-11-09T15:00Z",
        new_york="Mon 9 Nov 10:00",
        manila="Mon 9 Nov 23:00",
        said={"client": "held", "vendor": "not_held"},
        fate="told differently",
    ),
    Took(
        title=OPERATIONS,
        by_rule="2026-11-16",
        start="2026-11-16T15:00Z",
        new_york="Mon 16 Nov 10:00",
        manila="Mon 16 Nov 23:00",
        said=NEITHER_HELD,
        fate="did not take place",
    ),
    Dropped(
        title=OPERATIONS,
        by_rule="2026-11-23",
        fate="called off with notice",
        why="Acme skipped it on Thursday, 17 working hours before",
    ),
    Dropped(
        title=OPERATIONS,
        by_rule="2026-11-30",
        fate="left out",
        why="Bonifacio Day in Manila",
    ),
    Took(
        title=OPERATIONS,
        by_rule="2026-12-07",
        start="2026-12-07T15:00Z",
        new_york="Mon 7 Dec 10:00",
        manila="Mon 7 Dec 23:00",
    ),
    # Ana is on leave, and nobody else leads at Globalcall: Acme's word stands alone.
    Took(
        title=OPERATIONS,
        by_rule="2026-12-14",
        start="2026-12-14T15:00Z",
        new_york="Mon 14 Dec 10:00",
        manila="Mon 14 Dec 23:00",
        said={"client": "held"},
    ),
    Took(
        title=OPERATIONS,
        by_rule="2026-12-21",
        start="2026-12-21T15:00Z",
        new_york="Mon 21 Dec 10:00",
        manila="Mon 21 Dec 23:00",
        said={},
        fate="not confirmed",
    ),
    # They met on the Wednesday before, and nobody had moved it.
    Took(
        title=OPERATIONS,
        by_rule="2026-12-28",
        start="2026-12-28T15:00Z",
        new_york="Mon 28 Dec 10:00",
        manila="Mon 28 Dec 23:00",
        said={"client": "other_day", "vendor": "other_day"},
    ),
    Dropped(
        title=OPERATIONS,
        by_rule="2027-01-04",
        fate="left out",
        why="Globalcall's own day off, told a week before",
    ),
    Took(
        title=OPERATIONS,
        by_rule="2027-01-11",
        start="2027-01-11T15:00Z",
        new_york="Mon 11 Jan 10:00",
        manila="Mon 11 Jan 23:00",
        said={"vendor": "not_held"},
        fate="did not take place",
    ),
    Dropped(
        title=OPERATIONS,
        by_rule="2027-01-18",
        fate="left out",
        why="Martin Luther King Day in New York",
    ),
    # From here on at the first hour that New York and Globalcall's day shift share.
    Took(
        title=OPERATIONS,
        by_rule="2027-01-25",
        start="2027-01-25T22:00Z",
        new_york="Mon 25 Jan 17:00",
        manila="Tue 26 Jan 06:00",
    ),
    Took(
        title=OPERATIONS,
        by_rule="2027-02-01",
        start="2027-02-01T22:00Z",
        new_york="Mon 1 Feb 17:00",
        manila="Tue 2 Feb 06:00",
    ),
    # Globalcall moved it by a day, most of a week before.
    Took(
        title=OPERATIONS,
        by_rule="2027-02-08",
        start="2027-02-09T22:00Z",
        new_york="Tue 9 Feb 17:00",
        manila="Wed 10 Feb 06:00",
    ),
    Dropped(
        title=OPERATIONS,
        by_rule="2027-02-15",
        fate="left out",
        why="Washington's Birthday in New York",
    ),
    # Acme moved it on the same day, while Manila slept; then nobody came.
    Took(
        title=OPERATIONS,
        by_rule="2027-02-22",
        start="2027-02-23T22:00Z",
        new_york="Tue 23 Feb 17:00",
        manila="Wed 24 Feb 06:00",
        said=NEITHER_HELD,
        fate="did not take place",
    ),
    Took(
        title=OPERATIONS,
        by_rule="2027-03-01",
        start="2027-03-01T22:00Z",
        new_york="Mon 1 Mar 17:00",
        manila="Tue 2 Mar 06:00",
    ),
    # Monday in New York is Tuesday for the day shift.
    Dropped(
        title=OPERATIONS,
        by_rule="2027-03-08",
        fate="left out",
        why="Eid al-Fitr in Manila, on the Tuesday",
    ),
    # The clocks went forward: an hour earlier for Manila, before its shift begins.
    Took(
        title=OPERATIONS,
        by_rule="2027-03-15",
        start="2027-03-15T21:00Z",
        new_york="Mon 15 Mar 17:00",
        manila="Tue 16 Mar 05:00",
    ),
    Took(
        title=OPERATIONS,
        by_rule="2027-03-22",
        start="2027-03-22T21:00Z",
        new_york="Mon 22 Mar 17:00",
        manila="Tue 23 Mar 05:00",
    ),
    # 29 March: Acme ended the series on the Thursday before, a whole shift of Globalcall before.
)

# The service review: the second Wednesday at 9:30 in New York until January, then at 17:00. A
# holiday moves it to the next day on which both work.
SERVICE_REVIEWS: Final[tuple[Took | Dropped, ...]] = (
    Took(
        title=SERVICE,
        by_rule="2026-10-14",
        start="2026-10-14T13:30Z",
        new_york="Wed 14 Oct 09:30",
        manila="Wed 14 Oct 21:30",
    ),
    # Veterans Day in New York.
    Took(
        title=SERVICE,
        by_rule="2026-11-11",
        start="2026-11-12T14:30Z",
        new_york="Thu 12 Nov 09:30",
        manila="Thu 12 Nov 22:30",
    ),
    Dropped(
        title=SERVICE,
        by_rule="2026-12-09",
        fate="did not take place",
        why="Globalcall skipped it twenty minutes before",
    ),
    # Acme moved it to Thursday most of a week before, Globalcall on Thursday to Friday.
    Took(
        title=SERVICE,
        by_rule="2027-01-13",
        start="2027-01-15T14:30Z",
        new_york="Fri 15 Jan 09:30",
        manila="Fri 15 Jan 22:30",
    ),
    Took(
        title=SERVICE,
        by_rule="2027-02-10",
        start="2027-02-10T22:00Z",
        new_york="Wed 10 Feb 17:00",
        manila="Thu 11 Feb 06:00",
    ),
    Took(
        title=SERVICE,
        by_rule="2027-03-10",
        start="2027-03-10T22:00Z",
        new_york="Wed 10 Mar 17:00",
        manila="Thu 11 Mar 06:00",
    ),
)

# The business review: the first working day of the quarter at 13:00 in New York. It stays where it
# is, whoever is off.
BUSINESS_REVIEWS: Final[tuple[Took, ...]] = (
    Took(
        title=BUSINESS,
        by_rule="2026-10-01",
        start="2026-10-01T17:00Z",
        new_york="Thu 1 Oct 13:00",
        manila="Fri 2 Oct 01:00",
    ),
    # Globalcall's own day off.
    Took(
        title=BUSINESS,
        by_rule="2027-01-04",
        start="2027-01-04T18:00Z",
        new_york="Mon 4 Jan 13:00",
        manila="Tue 5 Jan 02:00",
    ),
)

TURNS: Final = (*OPERATIONS_REVIEWS, *SERVICE_REVIEWS, *BUSINESS_REVIEWS)

# How topics ended, by the day of the turn; of the others nobody says anything. A call center has
# four topics that are due every week and five that are due every four weeks, one every eight.
OUTCOMES: Final[Mapping[str, Mapping[str, str]]] = {
    # None was ever covered, so all ten are due; three are covered.
    "2027-03-01": {
        "volume forecast": "decided",
        "quality": "parked",
        "staffing": "not_reached",
        "performance against targets": "decided",
    },
    # Performance is not due before 26 March, so nine are; two are covered.
    "2027-03-10": {"staffing": "decided", "risks": "decided"},
    # Risks are not due either, but staffing is: a week after the 10th, less three days. Eight are
    # due; one is covered.
    "2027-03-15": {"volume forecast": "decided"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The report of one month that has to come out: for both sides, and for each. No figure: 0.

    Attributes:
        topics: How many were covered of how many that were due, where anybody said so.
    """

    both: Mapping[str, int]
    topics: tuple[int, int] | None = None
    client: Mapping[str, int] = field(default_factory=dict)
    vendor: Mapping[str, int] = field(default_factory=dict)


REPORT: Final[Mapping[str, Month]] = {
    # Operations 5, 19 and 26; service 14; business 1. The 12th was left out.
    "2026-10": Month(
        both={"planned": 5, "held": 5, "left out": 1},
        client={"moved with notice": 1},
        vendor={"moved at short notice": 1},
    ),
    # Operations 9, 16 and 23; service 11, which a holiday moved and nobody else. The 2nd and the
    # 30th were left out.
    "2026-11": Month(
        both={
            "planned": 4,
            "held": 1,
            "did not take place": 1,
            "called off with notice": 1,
            "told differently": 1,
            "left out": 2,
        },
        client={"called off with notice": 1, "did not take place": 1},
        vendor={"did not take place": 1},
    ),
    # Operations 7, 14, 21 (nobody's word) and 28 (on another day, which nobody told in time);
    # service 9, skipped too late by Globalcall, for which alone it counts.
    "2026-12": Month(
        both={"planned": 5, "held": 3, "did not take place": 1, "not confirmed": 1},
        client={"moved at short notice": 1},
        vendor={"moved at short notice": 1, "did not take place": 1},
    ),
    # Operations 11 (the only word there is) and 25; service 13, moved by both sides in turn;
    # business 4. The 4th and the 18th were left out.
    "2027-01": Month(
        both={"planned": 4, "held": 3, "did not take place": 1, "left out": 2},
        client={"moved with notice": 1, "did not take place": 1},
        vendor={"moved at short notice": 1, "did not take place": 1},
    ),
    # Operations 1, 8 and 22 (moved, and then nobody came); service 10. The 15th was left out.
    "2027-02": Month(
        both={"planned": 4, "held": 3, "did not take place": 1, "left out": 1},
        client={"moved at short notice": 1, "did not take place": 1},
        vendor={"moved with notice": 1, "did not take place": 1},
    ),
    # Operations 1, 15 and 22; service 10. The 8th was left out; the 29th was ended in time, and
    # was not planned any more.
    "2027-03": Month(both={"planned": 4, "held": 4, "left out": 1}, topics=(6, 27)),
}

# When people work, as far as nobody may be written to at other times.
NEW_YORK_OFF: Final = frozenset(
    {
        "2026-10-12",
        "2026-11-11",
        "2026-11-26",
        "2026-12-25",
        "2027-01-01",
        "2027-01-18",
        "2027-02-15",
    }
)
# Days of the night shift, which belong to the evening on which they begin; then of the day shift.
MANILA_OFF: Final = frozenset(
    {
        "2026-11-02",
        "2026-11-30",
        "2026-12-08",
        "2026-12-24",
        "2026-12-25",
        "2026-12-30",
        "2026-12-31",
        "2027-01-01",
        "2027-01-04",
        "2027-03-09",
        "2027-03-25",
        "2027-03-26",
    }
)
ANA_AWAY: Final = frozenset({"2026-12-14", "2026-12-15", "2026-12-16", "2026-12-17", "2026-12-18"})
DAY_SHIFT_FROM: Final = "2027-01-15T16:00Z"
