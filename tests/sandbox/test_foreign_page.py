from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.sandbox.page_stage import CHANNEL, MARIA, Stage, stage

pytestmark = pytest.mark.browser

BLANK = b"<!doctype html><title>Elsewhere</title><body></body>"

# Each way in which a page reaches an address without being asked for permission first.
LOAD = """(url) => new Promise((done) => {
    const node = document.createElement("%s");
    node.onload = node.onerror = () => done();
    node.%s = url;
    document.body.append(node);
})"""
READ = """(url) => fetch(url, { mode: "no-cors" }).then(() => true, () => null)"""
SEND = """(url) => fetch(url, { method: "POST", mode: "no-cors" }).then(() => true, () => null)"""


class Elsewhere(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(BLANK)))
        self.end_headers()
        self.wfile.write(BLANK)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is told."""


@contextmanager
def another_server() -> Iterator[int]:
    """The port of a program that is not the sandbox."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def there(browser: Browser) -> Iterator[Stage]:
    with stage(browser) as built:
        yield built


@pytest.fixture(scope="module", params=["127.0.0.1", "localhost"])
def foreign(there: Stage, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of another program on this machine: of the same name, then of another one."""
    with another_server() as port:
        page = browser.new_context().new_page()
        page.goto(f"http://{request.param}:{port}/")
        yield page
        page.context.close()


def posting(there: Stage) -> str:
    query = {"token": "xoxb-sandbox", "channel": CHANNEL, "text": "From elsewhere"}
    return f"{there.sandbox.url}api/chat.postMessage?{urlencode(query)}"


@pytest.mark.parametrize(
    "way",
    [
        pytest.param(LOAD % ("img", "src"), id="an image"),
        pytest.param(LOAD % ("script", "src"), id="a script"),
        pytest.param(LOAD % ("iframe", "src"), id="a frame"),
        pytest.param(READ, id="a plain reading"),
        pytest.param(SEND, id="a plain sending"),
    ],
)
def test_a_page_elsewhere_cannot_drive_the_sandbox(there: Stage, foreign: Page, way: str) -> None:
    foreign.evaluate(way, posting(there))

    # then: the browser has its answer, and the sandbox took no notice
    assert there.people.get("wire")["entries"] == []
    assert there.people.messages(CHANNEL) == []


def test_a_tab_that_a_page_elsewhere_opens_is_refused(there: Stage, foreign: Page) -> None:
    with foreign.context.expect_page() as opened:
        foreign.evaluate("(url) => { window.open(url); }", posting(there))

    expect(opened.value.locator("body")).to_contain_text("foreign_origin")
    assert there.people.messages(CHANNEL) == []
    opened.value.close()


@pytest.mark.parametrize("path", ["_control/world", "page/app.js", ""])
def test_a_page_elsewhere_can_read_nothing(there: Stage, foreign: Page, path: str) -> None:
    assert foreign.evaluate(READ, there.sandbox.url + path) is None


def test_a_link_elsewhere_may_lead_to_the_page(there: Stage, foreign: Page) -> None:
    # given
    address = f"{there.sandbox.url}#as={MARIA}&at={CHANNEL}"
    page = foreign.context.new_page()
    page.goto(foreign.url)
    page.evaluate(
        """(url) => {
            const link = document.createElement("a");
            link.href = url;
            link.textContent = "The sandbox";
            document.body.append(link);
        }""",
        address,
    )

    # when
    page.get_by_role("link", name="The sandbox").click()

    # then: it is whole and does what its person does
    expect(page.get_by_role("heading", level=1)).to_have_text("#acme-globalcall")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("#acme-globalcall")
    page.close()
