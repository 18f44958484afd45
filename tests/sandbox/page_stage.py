"""A sandbox with its page open in a browser, and a small foreign Bolt app that lives in it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final

from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from slack_bolt import Ack, App
from slack_sdk import WebClient

from sandbox.server import Sandbox
from sandbox.world import World
from sandbox.world_files import load_world
from tests.people import Slack
from tests.sandbox.foreign_bot import connected
from tests.waiting import wait_until
from tests.wire import sandbox_options, start_sandbox, web_client

Json = dict[str, Any]

CHANNEL: Final = "C0ACMEGLOB"
MARIA, ANA, BEN = "U0MARIA0000", "U0ANA000000", "U0BEN000000"
MONDAY_NOON_UTC: Final = datetime(2026, 11, 9, 12, 0, tzinfo=UTC)


@dataclass(kw_only=True)
class Stage:
    """A sandbox, the people's control calls, the app's client, and every page that was opened."""

    sandbox: Sandbox
    browser: Browser
    strays: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.people = Slack(self.sandbox.url)
        self.client = web_client(self.sandbox)

    def open(self, person: str = MARIA, *, at: str = CHANNEL, **context: Any) -> Page:
        """The page as ``person`` sees it; what it asks from elsewhere and what fails is noted."""
        page = self.browser.new_context(**context).new_page()
        page.on("request", self._note_request)
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.goto(f"{self.sandbox.url}#as={person}&at={at}")
        page.locator(".place[aria-current]").wait_for(state="attached")
        return page

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith(self.sandbox.url):
            self.strays.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        # A refusal of the server is the page's business; it tells the person.
        if (
            message.type == "error"
            and "the server responded with a status of 4" not in message.text
        ):
            self.troubles.append(message.text)


def close_pages(browser: Browser) -> None:
    for context in browser.contexts:
        context.close()


@contextmanager
def stage(
    browser: Browser, *, world: World | None = None, manifest: Json | None = None
) -> Iterator[Stage]:
    """A stage whose page never asked anything of a foreign address and never failed."""
    options = replace(
        sandbox_options(start_at=MONDAY_NOON_UTC),
        world=world or load_world(),
        manifest=manifest,
        rate_limits=False,
    )
    with start_sandbox(options) as sandbox:
        built = Stage(sandbox=sandbox, browser=browser)
        try:
            yield built
            assert built.strays == []
            assert built.troubles == []
        finally:
            close_pages(browser)
            built.people.close()


@contextmanager
def lively_stage(browser: Browser) -> Iterator[Stage]:
    """A stage with the foreign app listening on it."""
    with stage(browser) as built, connected(foreign_app(built.sandbox.url)):
        wait_until(lambda: bool(built.people.world()["connected"]))
        yield built


def text(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def button(words: str, action_id: str, **fields: object) -> Json:
    return {"type": "button", "text": text(words), "action_id": action_id, **fields}


def actions(*elements: Json) -> list[Json]:
    return [{"type": "actions", "block_id": "act", "elements": list(elements)}]


def form(title: str, *blocks: Json, **fields: object) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": text(title),
        "submit": text("Save"),
        "blocks": list(blocks),
        **fields,
    }


def name_field(**fields: object) -> Json:
    element = {"type": "plain_text_input", "action_id": "value", **fields}
    return {"type": "input", "block_id": "name", "label": text("Name"), "element": element}


def foreign_app(url: str) -> App:
    """An app that is not ours: it counts presses, opens forms, has a Home tab and a command."""
    client = WebClient("xoxb-sandbox", base_url=f"{url}api/")
    app = App(client=client, token_verification_enabled=False)
    app.action("count")(count)
    app.action(re.compile(r"^pick"))(pick)
    app.action("form")(open_form)
    app.action("second")(push_form)
    app.view("form")(take_form)
    app.command("/hello")(hello)
    app.event("app_home_opened")(show_home)
    app.event(re.compile(r".*"))(hear)
    return app


def count(ack: Ack, body: Json, client: WebClient) -> None:
    ack()
    message = body["message"]
    pressed = int(body["actions"][0]["value"]) + 1
    client.chat_update(
        channel=body["channel"]["id"],
        ts=message["ts"],
        text=f"Pressed {pressed}",
        blocks=[
            {"type": "section", "text": text(f"Pressed {pressed} by {body['user']['username']}")},
            *actions(button("Count", "count", value=str(pressed))),
        ],
    )


def pick(ack: Ack, body: Json, client: WebClient) -> None:
    ack()
    action = body["actions"][0]
    option = action.get("selected_option") or {}
    several = [one["value"] for one in action.get("selected_options", [])]
    plain = ("selected_user", "selected_date", "selected_time", "selected_date_time")
    picked = option.get("value") or several or next(action[key] for key in plain if key in action)
    client.chat_postMessage(channel=CHANNEL, text=f"{action['action_id']} is {picked}")


def open_form(ack: Ack, body: Json, client: WebClient) -> None:
    due = {"type": "datepicker", "action_id": "value", "initial_date": "2026-11-20"}
    client.views_open(
        trigger_id=body["trigger_id"],
        view=form(
            "First form",
            name_field(),
            {"type": "input", "block_id": "due", "label": text("Due"), "element": due},
            *actions(button("Second", "second")),
        ),
    )
    ack()


def push_form(ack: Ack, body: Json, client: WebClient) -> None:
    so_far = body["view"]["state"]["values"]["name"]["value"]["value"]
    client.chat_postMessage(channel=CHANNEL, text=f"So far: {so_far}")
    client.views_push(trigger_id=body["trigger_id"], view=form("Second form", name_field()))
    ack()


def take_form(ack: Ack, view: Json, client: WebClient) -> None:
    values = view["state"]["values"]
    name = values["name"]["value"]["value"]
    if name == "nobody":
        ack(response_action="errors", errors={"name": "There is no such person."})
        return
    if name == "more":
        ack(response_action="update", view=form("Third form", name_field()))
        return
    ack()
    due = values.get("due", {}).get("value", {}).get("selected_date")
    client.chat_postMessage(channel=CHANNEL, text=f"{name} by {due}")


def hello(ack: Ack, command: Json) -> None:
    ack(f"Hello, you said: {command['text']}")


def show_home(ack: Ack, event: Json, client: WebClient) -> None:
    ack()
    blocks = [{"type": "header", "text": text("Your list")}, *actions(button("Add", "form"))]
    client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


def hear(ack: Ack) -> None:
    ack()


def post(stage: Stage, words: str, blocks: list[Json] | None = None, **fields: Any) -> str:
    """The app posts; the answer is the ts."""
    answer = stage.client.chat_postMessage(channel=CHANNEL, text=words, blocks=blocks, **fields)
    return str(answer["ts"])


SCROLL: Final = """(share) => new Promise((done) => {
    const list = document.querySelector("#messages");
    // Nobody scrolls what is not laid out yet.
    if (list.scrollHeight <= list.clientHeight) return done(false);
    const wished = share * (list.scrollHeight - list.clientHeight);
    list.scrollTop = wished;
    const look = () => done(Math.abs(list.scrollTop - wished) < 2);
    requestAnimationFrame(() => requestAnimationFrame(look));
})"""


def scroll(page: Page, share: float) -> None:
    """The person scrolls the messages: 0 is the beginning, 1 the end."""
    page.wait_for_function(SCROLL, arg=share)


def write(page: Page, words: str) -> None:
    """The person of the page writes, and sends it by key."""
    box = page.get_by_label("Write a message")
    box.fill(words)
    box.press("Enter")
