"""What a year holds, drawn by hypothesis: who is there, what they do and when the bot dies."""

from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from hypothesis import strategies as st

from tests.year.clocks import PATTERNS, Pattern

Kind = Literal[
    "accept", "done", "move", "tomorrow", "next_week", "on_it", "waits", "hand_over", "take",
    "send_back", "approve", "decline", "withdraw", "away", "back", "stop", "start", "set_aside",
    "sponsors", "help",
]  # fmt: skip

KINDS: Final[tuple[Kind, ...]] = (
    "accept", "accept", "accept", "done", "move", "tomorrow", "next_week", "on_it", "waits",
    "waits", "waits", "hand_over", "take", "send_back", "approve", "decline", "withdraw",
    "away", "away", "back", "stop", "start", "set_aside",
)  # fmt: skip
# What takes a lead who presses, and is not done over the wire.
MORE_KINDS: Final[tuple[Kind, ...]] = (*KINDS, *(("sponsors",) * 6), "help")
MINUTES_OF_A_WEEK: Final = 7 * 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Something asked for: when, of whom and by whom, due how many minutes later."""

    minute: int
    author: int
    owner: int
    due_in: int
    accepted_after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that a person does. ``which``: of what was made; ``more``: as the kind needs."""

    minute: int
    kind: Kind
    person: int
    which: int
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """After how many more writes the bot dies, and for how long it stays away."""

    writes: int
    after_commit: bool
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A stretch of two companies' life; numbers of people and things wrap around.

    Attributes:
        first_week: Counted from November 2026.
        clients, vendors: The shifts of who is there besides the two leads.
    """

    first_week: int
    weeks: int
    clients: tuple[Pattern, ...]
    vendors: tuple[Pattern, ...]
    made: tuple[Made, ...]
    acts: tuple[Act, ...]
    deaths: tuple[Death, ...]


_MINUTES_AWAY: Final = (0, 0, 1, 30, 240, 1440, 4000)
_ACCEPTED_AFTER: Final = (None, 1, 1, 1, 1, 600, 2000)
_number = st.integers(0, 997)
_downtime = st.sampled_from(_MINUTES_AWAY)
_deaths = st.builds(Death, writes=st.integers(1, 60), after_commit=st.booleans(), minutes=_downtime)
_patterns = st.sampled_from(PATTERNS)


@st.composite
def plans(draw: st.DrawFn, weeks: int, most: int) -> Plan:
    """Some weeks of a year.

    Args:
        most: How many deliverables there are, at least a quarter of it.
    """
    minute = st.integers(0, weeks * MINUTES_OF_A_WEEK - 1)
    made = st.builds(
        Made,
        minute=minute,
        author=_number,
        owner=_number,
        due_in=st.integers(30, 12 * 1440),
        accepted_after=st.sampled_from(_ACCEPTED_AFTER),
    )
    act = st.builds(
        Act,
        minute=minute,
        kind=st.sampled_from(MORE_KINDS),
        person=_number,
        which=_number,
        more=_number,
    )
    return Plan(
        first_week=draw(st.integers(0, 52 - weeks if weeks < 52 else 0)),
        weeks=weeks,
        clients=tuple(draw(st.lists(_patterns, min_size=1, max_size=3))),
        vendors=tuple(draw(st.lists(_patterns, min_size=1, max_size=3))),
        made=tuple(draw(st.lists(made, min_size=most // 4, max_size=most))),
        acts=tuple(draw(st.lists(act, min_size=most // 2, max_size=3 * most))),
        deaths=tuple(draw(st.lists(_deaths, max_size=2 * weeks))),
    )


def plan_of(seed: int, weeks: int, most: int) -> Plan:
    """A plan that is the same for the same seed, for lives that take too long to be many.

    Args:
        most: How many deliverables there are.
    """
    chance = Random(seed)
    made = [
        Made(
            minute=chance.randrange(weeks * MINUTES_OF_A_WEEK),
            author=chance.randrange(998),
            owner=chance.randrange(998),
            due_in=chance.randint(30, 12 * 1440),
            accepted_after=chance.choice(_ACCEPTED_AFTER),
        )
        for _ in range(most)
    ]
    acts = [
        Act(
            minute=chance.randrange(weeks * MINUTES_OF_A_WEEK),
            kind=chance.choice(KINDS),
            person=chance.randrange(998),
            which=chance.randrange(998),
            more=chance.randrange(998),
        )
        for _ in range(3 * most)
    ]
    return Plan(
        first_week=chance.randrange(max(1, 53 - weeks)),
        weeks=weeks,
        clients=tuple(chance.choices(PATTERNS, k=chance.randint(1, 3))),
        vendors=tuple(chance.choices(PATTERNS, k=chance.randint(1, 3))),
        made=tuple(made),
        acts=tuple(acts),
        deaths=tuple(_death_of(chance) for _ in range(chance.randint(0, 2 * weeks))),
    )


def _death_of(chance: Random) -> Death:
    return Death(
        writes=chance.randint(1, 60),
        after_commit=chance.random() < 0.5,
        minutes=chance.choice(_MINUTES_AWAY),
    )
