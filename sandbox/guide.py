"""A guide for whoever tries a world: steps, and the acts by which each of them is done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sandbox.ports import Json

Facts = Mapping[str, str]

# What an act says of itself, beside its name: what a condition may ask for.
FACTS: Final = frozenset(
    "user channel ts thread_ts action_id block_id value callback_id command name fault"
    " method".split()
)
CLOCK: Final = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One act that has to happen: all of ``facts`` are true of it.

    Attributes:
        after: For the clock: the moment that it has to have reached; None for other acts.
    """

    act: str
    facts: Facts
    after: datetime | None = None

    def is_met_by(self, act: str, facts: Facts) -> bool:
        same = all(facts.get(name) == value for name, value in self.facts.items())
        return self.after is None and act == self.act and same

    def is_reached(self, now: datetime) -> bool:
        return self.after is not None and now >= self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A sentence, who takes the step, and what has to happen for it, in this order.

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
        met: How many conditions of the present step are.
    """

    title: str
    steps: tuple[Step, ...]
    user: str | None = None
    channel: str | None = None
    empty: str | None = None
    ending: str | None = None
    done: int = 0
    met: int = 0

    def saw(self, act: str, facts: Facts, now: datetime) -> bool:
        """Take an act into account; True if it finished a step."""
        before = self.done
        awaited = self._awaited()
        if awaited is not None and awaited.is_met_by(act, facts):
            self._advance()
        return self.reached(now) or self.done > before

    def reached(self, now: datetime) -> bool:
        """The clock stands at ``now``; True if that finished a step."""
        before = self.done
        while (awaited := self._awaited()) is not None and awaited.is_reached(now):
            self._advance()
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

    def _awaited(self) -> Condition | None:
        doable = self._doable()
        return doable[self.done].until[self.met] if self.done < len(doable) else None

    def _advance(self) -> None:
        self.met += 1
        if self.met == len(self._doable()[self.done].until):
            self.done, self.met = self.done + 1, 0
