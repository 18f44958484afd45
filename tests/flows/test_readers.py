"""What people read who may not do something, or cannot: kind, and of use to them."""

import pytest

from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts
from tests.people import Json
from tests.test_driving import LISTENED

SAID_BY_OUTSIDERS = (
    "",
    "help",
    "setup",
    "list",
    "mine",
    "overdue",
    "gaps",
    "people",
    "checkin",
    "checkin list",
    "checkin move retro to friday",
    "checkin skip next week",
    "pulse",
    "pulse results",
    "deliverable",
    "done something",
    "back",
    "resume",
    "away",
    "hours",
    "dayoff",
    "nonsense",
)
# A link is opened by Slack itself; who agreed stands in the post in which *Agree* stood; another
# partner stands in the Home tab.
SILENT = {"checkin.join", "consent.agree", "home.partner"}
BUTTONS_AT_MOST = 20  # in one row


def found_values(slack_messages: list[Json]) -> dict[str, str]:
    """Buttons that stand in messages, by action, with what they carry."""
    found = {}
    for message in slack_messages:
        for block in message.get("blocks", []):
            for element in [*block.get("elements", []), block.get("accessory") or {}]:
                if element.get("type") == "button" and "url" not in element:
                    found[element["action_id"]] = element.get("value", "")
    return found


def post_every_button(touchbase: Touchbase) -> tuple[str, list[tuple[str, str]]]:
    """One message of ours with every button there is; its ts, and (block, action) of each."""
    known = found_values(touchbase.messages())
    partnership = known["hub.more"]
    ids = sorted(LISTENED.actions)
    rows = [ids[at : at + BUTTONS_AT_MOST] for at in range(0, len(ids), BUTTONS_AT_MOST)]
    blocks = [
        {
            "type": "actions",
            "block_id": f"row{number}",
            "elements": [
                {
                    "type": "button",
                    "text": {"type": "plain_text", "text": action_id},
                    "action_id": action_id,
                    "value": known.get(action_id) or partnership,
                }
                for action_id in row
            ],
        }
        for number, row in enumerate(rows)
    ]
    posted = touchbase.slack.call(
        "chat.postMessage", channel="C0ACMEGLOB", text="All", blocks=blocks
    )
    return posted["ts"], [(f"row{n}", one) for n, row in enumerate(rows) for one in row]


def press_all(touchbase: Touchbase, user: str) -> list[str]:
    """Press every button there is, and read all that comes of it: forms, and private answers."""
    ts, every = post_every_button(touchbase)
    slack, before, read = touchbase.slack, len(privately(touchbase, user)), []
    for block_id, action_id in every:
        slack.click(user, action_id, channel=CHANNEL, ts=ts, block_id=block_id)
        for view in reversed(slack.views(user)["modals"]):
            read.append(texts(view))
            slack.do("close", user=user, view_id=view["id"])
    touchbase.calm()
    answers = [one["text"] for one in privately(touchbase, user)[before:]]
    assert len(read) + len(answers) == len(every) - len(SILENT)
    return read + answers


def privately(touchbase: Touchbase, user: str) -> list[Json]:
    whom = touchbase.slack.user_id(user)
    return [m for m in touchbase.messages() if m.get("ephemeral_to") == whom]


@pytest.mark.parametrize("observer", ["abby", "arnel"])
def test_every_button_answers_whoever_reads_along_and_changes_nothing(
    touchbase: Touchbase, observer: str
) -> None:
    touchbase.agreed()
    touchbase.slack.command(CHANNEL, "maria", "/deliverable", "@maria deck by friday")
    touchbase.calm()
    before = touchbase.from_bot()

    read = press_all(touchbase, observer)

    assert [text for text in read if not text.strip() or "went wrong" in text] == []
    assert observer == "abby" or [text for text in read if "`/" in text] == []
    assert sum("can add you: <@" in text for text in read) > 10
    assert touchbase.from_bot()[: len(before)] == before
    assert len(touchbase.from_bot()) == len(before) + 1


def test_people_of_the_other_company_are_never_sent_to_a_command(touchbase: Touchbase) -> None:
    touchbase.agreed()
    slack, bot = touchbase.slack, touchbase.slack.user_id("touchbase")
    for words in SAID_BY_OUTSIDERS:
        slack.say(CHANNEL, "ana", f"<@{bot}> {words}")
        slack.say(bot, "ana", words or " ")
    slack.advance("PT1M")

    answers = [*touchbase.messages(), *slack.direct_messages("ana")]
    shown = [f"{one['text']}\n{texts(one)}" for one in answers if one.get("bot_id")]

    assert len(shown) > 2 * len(SAID_BY_OUTSIDERS)
    assert [text for text in shown if "`/" in text] == []


def test_a_command_typed_as_text_is_answered_alone_while_a_third_company_listens(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    touchbase.slack.do("member", channel=CHANNEL, user="nora", joined=True)
    touchbase.calm()
    before = touchbase.from_bot()

    touchbase.slack.say(CHANNEL, "ana", "/deliverable @ana deck by friday")
    touchbase.slack.say(CHANNEL, "nora", "/touchbase")
    touchbase.calm()

    [answer] = [m for m in privately(touchbase, "ana") if "Commands work only" in m["text"]]
    assert "hub.deliverable" in action_ids(answer)
    assert touchbase.from_bot() == before
    assert privately(touchbase, "nora") == []
