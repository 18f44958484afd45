from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.sandbox.page_stage import ANA, CHANNEL, MARIA, stage

pytestmark = pytest.mark.browser

MOMENT = 1794268800  # 2026-11-10 00:00 UTC: the day after the stage's Monday, 08:00 in Manila

DRAW = """async ([text, viewer, verbatim]) => {
    const { mrkdwn } = await import("/page/mrkdwn.js");
    const { World } = await import("/page/world.js");
    const facts = await (await fetch("/_control/world")).json();
    const node = document.createElement("div");
    node.append(...mrkdwn(text, new World(facts, viewer), { verbatim }));
    return node.innerHTML.replaceAll(/ (dir|target|rel|datetime|title)="[^"]*"/g, "");
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with stage(browser) as built:
        yield built.open(ANA)


def drawn(page: Page, words: str, *, verbatim: bool = False) -> str:
    return str(page.evaluate(DRAW, [words, ANA, verbatim]))


def line(inner: str) -> str:
    return f'<div class="lines">{inner}</div>'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("plain", line("plain"), id="plain"),
        pytest.param(
            "a *b* _c_ ~d~", line("a <strong>b</strong> <em>c</em> <s>d</s>"), id="styles"
        ),
        pytest.param("*_both_*", line("<strong><em>both</em></strong>"), id="nested"),
        pytest.param("2*3*4 a_b_c", line("2*3*4 a_b_c"), id="marks inside words"),
        pytest.param("* a * b", line("* a * b"), id="marks beside blanks"),
        pytest.param("`*b* &lt;i&gt;`", line("<code>*b* &lt;i&gt;</code>"), id="code"),
        pytest.param("```x\n*y*```", "<pre>x\n*y*</pre>", id="code block"),
        pytest.param("&lt;b&gt; &amp;amp;", line("&lt;b&gt; &amp;amp;"), id="escapes, once"),
        pytest.param("one\ntwo", line("one<br>two"), id="lines"),
        pytest.param("&gt; a\n> b\nc", f"<blockquote>a<br>b</blockquote>{line('c')}", id="quote"),
        pytest.param("• a\n• b", "<ul><li>a</li><li>b</li></ul>", id="bullets"),
        pytest.param(":tada: :nobody_knows:", line("🎉 :nobody_knows:"), id="emoji"),
        pytest.param("at 10:30:45", line("at 10:30:45"), id="a time is no emoji"),
        pytest.param(
            f"<@{MARIA}>", line('<span class="mention">@Maria Alvarez</span>'), id="a person"
        ),
        pytest.param(f"<@{ANA}>", line('<span class="mention mine">@Ana Reyes</span>'), id="me"),
        pytest.param("<@U404|gone>", line('<span class="mention">@gone</span>'), id="nobody"),
        pytest.param(
            f"<#{CHANNEL}>", line('<span class="mention">#acme-globalcall</span>'), id="channel"
        ),
        pytest.param("<!here>", line('<span class="mention mine">@here</span>'), id="here"),
        pytest.param(
            "@channel", line('<span class="mention mine">@channel</span>'), id="bare @channel"
        ),
        pytest.param("me@here.example", line("me@here.example"), id="an address is no mention"),
        pytest.param(
            "<https://e.com/a_b_c?x=1&amp;y=2|the *plan*>",
            line('<a href="https://e.com/a_b_c?x=1&amp;y=2">the *plan*</a>'),
            id="link",
        ),
        pytest.param(
            "see https://e.com/x.",
            line('see <a href="https://e.com/x">https://e.com/x</a>.'),
            id="url",
        ),
        pytest.param(
            "&lt;https://e.com/x&gt; a",
            line('&lt;<a href="https://e.com/x">https://e.com/x</a>&gt; a'),
            id="a link ends before an escape",
        ),
        pytest.param("<script>", line("&lt;script&gt;"), id="not a link"),
        pytest.param(
            f"<!date^{MOMENT}^{{date_short_pretty}} at {{time}}|fallback>",
            line("<time>tomorrow at 08:00</time>"),
            id="date, in the viewer's zone",
        ),
        pytest.param(
            f"<!date^{MOMENT + 6 * 86_400}^{{day_divider_pretty}} {{time}}|fallback>",
            line("<time>Monday, November 16th 08:00</time>"),
            id="date with its weekday",
        ),
        pytest.param("<!date^soon^{date}|fallback>", line("fallback"), id="date that is none"),
    ],
)
def test_mrkdwn_is_drawn_as_slack_draws_it(page: Page, typed: str, shown: str) -> None:
    assert drawn(page, typed) == shown


@pytest.mark.parametrize("typed", ["@channel", "see https://e.com/x."])
def test_verbatim_text_finds_no_mentions_and_links_of_its_own(page: Page, typed: str) -> None:
    assert drawn(page, typed, verbatim=True) == line(typed)


@pytest.mark.parametrize(
    ("token", "shown"),
    [
        ("{date_num}", "2026-11-10"),
        ("{date}", "November 10th"),
        ("{date_short}", "Nov 10, 2026"),
        ("{date_long}", "Tuesday, November 10th, 2026"),
        ("{date_pretty}", "tomorrow"),
        ("{time}", "08:00"),
        ("{time_secs}", "08:00:00"),
        ("{ago}", "in 12 hours"),
        ("{moon}", "{moon}"),
    ],
)
def test_each_date_token_is_known(page: Page, token: str, shown: str) -> None:
    words = page.evaluate(
        """async ([epoch, token]) => {
            const { slackDate } = await import("/page/dates.js");
            return slackDate(epoch, token, "Asia/Manila", Date.parse("2026-11-09T12:00:00Z"));
        }""",
        [MOMENT, token],
    )

    assert words == shown


@pytest.mark.parametrize(
    ("wall", "zone", "moment"),
    [
        pytest.param("2026-11-10T08:00", "Asia/Manila", "2026-11-10T00:00:00.000Z", id="Manila"),
        pytest.param(
            "2026-07-01T09:00", "America/New_York", "2026-07-01T13:00:00.000Z", id="summer"
        ),
        pytest.param(
            "2026-11-10T05:45", "Asia/Kathmandu", "2026-11-10T00:00:00.000Z", id="quarters"
        ),
        pytest.param(
            "2026-03-08T02:30", "America/New_York", "2026-03-08T07:30:00.000Z", id="skipped hour"
        ),
        pytest.param(
            "2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00.000Z", id="repeated hour"
        ),
    ],
)
def test_a_wall_time_becomes_the_moment_in_its_zone(
    page: Page, wall: str, zone: str, moment: str
) -> None:
    found = page.evaluate(
        """async ([wall, zone]) => {
            const { epochOf } = await import("/page/dates.js");
            return new Date(epochOf(wall, zone) * 1000).toISOString();
        }""",
        [wall, zone],
    )

    assert found == moment
