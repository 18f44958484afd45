"""A guide for whoever tries a world: steps, and the acts by which each of them is done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Final

from sandbox.ports import Json

Facts = Mapping[str, str]

# What an act says of itself, beside its name: what a condition may ask for.
FACTS: Final = frozenset(
    "user channel ts thread_ts action_id block_id value callback_id command name fault"
    " method text".split()
)
PATTERN: Final = "text"  # what people write is asked for by a pattern, as in "* by *"
CLOCK: Final = "clock"
SEEN: Final = "seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One act that has to happen: all of ``facts`` are true of it; an empty one is not there.

    Attributes:
        after: It counts only from this moment of the world's clock on. For the act ``clock`` it
            is enough that the moment has come; for ``seen``, what is read has to be from then on.
        before: It counts only until then.
        then: It counts only when those before it in its step are met.
        instead: Others, one of which does as well.
    """

    act: str
    facts: Facts
    after: datetime | None = None
    before: datetime | None = None
    then: bool = False
    instead: tuple["Condition", ...] = ()

    def is_met_by(self, act: str, facts: Facts, now: datetime) -> bool:
        if any(one.is_met_by(act, facts, now) for one in self.instead):
            return True
        if self.after is not None and _reached(act, facts, now) < self.after:
            return False
        if self.before is not None and now >= self.before:
            return False
        same = all(_is(name, facts.get(name, ""), value) for name, value in self.facts.items())
        return self.act == CLOCK or (act == self.act and same)


def _reached(act: str, facts: Facts, now: datetime) -> datetime:
    """How far an act goes: who reads an old message has not yet seen what came later."""
    ts = facts.get("ts") if act == SEEN else None
    return min(now, datetime.fromtimestamp(float(ts), UTC)) if ts else now


def _is(name: str, said: str, wanted: str) -> bool:
    return fnmatchcase(said, wanted) if name == PATTERN else said == wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A sentence, who takes the step, and what has to happen for it, in any order.

    A step without ``until`` is only read: it is never done, and holds up none after it.
    """

    text: str
    user: str | None = None
    until: tuple[Condition, ...] = ()


@dataclass(slots=True, kw_only=True)
class Guide:
    """Steps that tick one after the other.

    Attributes:
        user: As whom the page opens; ``channel``: where.
        empty: Stands in the channel as long as nothing was said there.
        ending: Is shown when all is done; its first line is a title.
        done: How many of the steps that can be done are.
        met: Which conditions of the present step are, by their place.
    """

    title: str
    steps: tuple[Step, ...]
    user: str | None = None
    channel: str | None = None
    empty: str | None = None
    ending: str | None = None
    done: int = 0
    met: set[int] = field(default_factory=set)

    def saw(self, act: str, facts: Facts, now: datetime) -> bool:
        """Take an act into account, or a clock that was moved; True if it finished a step."""
        before = self.done
        for step in self._doable()[before:]:
            for n, one in enumerate(step.until):
                is_its_turn = not one.then or self.met.issuperset(range(n))
                if is_its_turn and one.is_met_by(act, facts, now):
                    self.met.add(n)
            if len(self.met) < len(step.until):
                break
            self.done, self.met = self.done + 1, set()
            # One act is good for one step, but time that has come has come for all.
            act, facts = CLOCK, {}
        return self.done > before

    def shown(self) -> Json:
        """The guide as pages read it; what is None is left out.

        If any step can be done, each says whether it is ``done``; one that is only read counts as
        done when all before it are.
        """
        return {**self.heading(), "steps": list(self._shown_steps())}

    def heading(self) -> Json:
        """All but the steps; what is None is left out."""
        heading = {
            "title": self.title,
            "user": self.user,
            "channel": self.channel,
            "empty": self.empty,
            "ending": self.ending,
        }
        return {name: value for name, value in heading.items() if value is not None}

    def _shown_steps(self) -> Iterator[Json]:
        left, ticks = self.done, bool(self.ticks)
        stuck = False
        for step in self.steps:
            stuck = stuck or bool(step.until and not left)
            left -= bool(step.until and left)
            shown: Json = {"text": step.text}
            if step.user is not None:
                shown["user"] = step.user
            yield shown | ({"done": not stuck} if ticks else {})

    @property
    def ticks(self) -> int:
        """How many of the steps can be done."""
        return len(self._doable())

    def _doable(self) -> list[Step]:
        return [step for step in self.steps if step.until]
