"""A person at the page of a sandbox: eyes and hands, and no other way in."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Locator, Page, Response, expect

from tests.people import Slack

MESSAGE: Final = "Write a message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """What a person does on the page, and waits to see there.

    Attributes:
        slack: Only to wait until nothing is going on any more.
    """

    page: Page
    slack: Slack

    def begin(self, url: str) -> None:
        """Open the page as it opens by itself."""
        self.page.goto(url)
        self.page.locator(".place[aria-current]").wait_for()

    def be(self, name: str) -> None:
        who = self.page.get_by_role("combobox", name="You are")
        who.fill(name)
        who.press("Enter")
        expect(who).to_have_value(re.compile(f"^{name} "))

    def goes_to(self, place: str) -> None:
        """A channel, ``touchbase`` for the direct messages, or ``Home``."""
        button = self.page.locator("#places").get_by_role("button", name=place).first
        button.click()
        expect(button).to_have_attribute("aria-current", "page")
        self.settles()

    def types(self, words: str) -> None:
        """Write and send it by key; a command runs."""
        box = self.page.get_by_label(MESSAGE)
        box.fill(words)
        with self._told("message", "command"):
            box.press("Enter")

    def presses(self, words: str, *, in_message: str = "") -> None:
        """The last button of that name, in the newest message that says ``in_message``."""
        place = self.message(in_message) if in_message else self.front
        with self._told("click", "submit", "close"):
            place.get_by_role("button", name=words, exact=True).last.click()

    def fills(self, label: str, words: str) -> None:
        self.form.get_by_label(label).fill(words)

    def picks(self, label: str, typed: str) -> None:
        """Choose by typing, as in a field of people."""
        box = self.form.get_by_role("combobox", name=label)
        box.fill(typed)
        box.press("Enter")

    def opens_thread(self, of: str) -> Locator:
        message = self.page.locator("#messages .message").filter(has_text=of).last
        message.locator(".replies").click()
        return self.page.get_by_role("complementary", name="Thread")

    def lets_pass(self, button: str = "+10 min", *, times: int = 1) -> None:
        """Move the clock with one of its buttons."""
        for _ in range(times):
            with self._told("clock"):
                self.page.get_by_role("button", name=button, exact=True).click()

    @property
    def front(self) -> Locator:
        """The form on top, if one is open, else the page."""
        return self.form if self.form.count() else self.page.locator("body")

    @property
    def form(self) -> Locator:
        return self.page.locator("dialog[open]")

    def message(self, words: str) -> Locator:
        """The newest one on the screen that says so."""
        return self.page.locator(".message:visible").filter(has_text=words).last

    @contextmanager
    def _told(self, *calls: str) -> Iterator[None]:
        """Inside, the person does what one of the calls tells; then all that it set off ends."""

        def is_one(answer: Response) -> bool:
            told = answer.request.method == "POST"
            return told and answer.url.rpartition("/_control/")[2] in calls

        with self.page.expect_response(is_one):
            yield
        self.settles()

    def settles(self) -> None:
        """Nothing goes on any more, and the page shows the form that is open, or none."""
        assert self.slack.settle()
        me = re.search(r"as=(\w+)", self.page.url)
        assert me is not None
        modals = self.slack.views(me[1])["modals"]
        expect(self.form).to_have_count(1 if modals else 0)
