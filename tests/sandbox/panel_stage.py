"""What the tests of the page's panels share: one world for a module, plans, and the tools."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import Locator, Page

from tests.people import Slack
from tests.sandbox.page_stage import ANA, CHANNEL, Stage, close_pages


@contextmanager
def left_as_found(stage: Stage) -> Iterator[Stage]:
    """The stage for one test: no pages, faults, guide or plans are left; its clock only goes on."""
    # A clock that ran for a moment stands between two seconds.
    stage.people.move_to(f"{now_of(stage) + timedelta(minutes=1):%Y-%m-%dT%H:%M:00+00:00}")
    yield stage
    stage.people.do("fault", clear=True)
    stage.people.do("guide", title="None")
    stage.sandbox.accompany(None)
    close_pages(stage.browser)


@dataclass(frozen=True, kw_only=True)
class Due:
    at: datetime
    what: str
    where: str | None


@dataclass(kw_only=True)
class Plans:
    """A companion for which something is due at each moment, and what it does then."""

    people: Slack
    due: list[tuple[datetime, Callable[[], object]]]
    words: dict[datetime, str] = field(default_factory=dict)

    def next_due(self) -> datetime | None:
        return self.due[0][0] if self.due else None

    def idle(self) -> bool:
        now = datetime.fromisoformat(self.people.world()["now"])
        while self.due and self.due[0][0] <= now:
            _, act = self.due.pop(0)
            act()
        return True

    def upcoming(self, limit: int) -> list[Due]:
        moments = [at for at, _ in self.due[:limit]]
        return [Due(at=at, what=self.words.get(at, "Work"), where=CHANNEL) for at in moments]

    def wake(self) -> None:
        """It looks when it is asked whether it is idle, which is never on the sandbox's loop."""


def now_of(stage: Stage) -> datetime:
    return datetime.fromisoformat(stage.people.world()["now"])


def plan(
    stage: Stage, *acts: tuple[timedelta, Callable[[], object]], **words: Any
) -> list[datetime]:
    """Let a companion act at these distances from now, and answer the moments."""
    moments = [now_of(stage) + distance for distance, _ in acts]
    due = [(at, act) for at, (_, act) in zip(moments, acts, strict=True)]
    named = dict(zip(moments, words.get("words", ()), strict=False))
    stage.sandbox.accompany(Plans(people=stage.people, due=due, words=named))
    # The page reads the world anew when something happens in it.
    stage.people.say(CHANNEL, ANA, "Something is planned by this")
    return moments


def open_tools(page: Page, tab: str) -> Locator:
    page.get_by_role("button", name="Tools").click()
    page.get_by_role("tab", name=tab).click()
    return page.get_by_role("tabpanel", name=tab)


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def height_of(node: Locator) -> float:
    box = node.bounding_box()
    assert box is not None
    return box["height"]
