"""What people do about check-ins, in the words of the flows that tell of them."""

from tests.flows.conftest import CHANNEL, Touchbase, action_ids
from tests.people import Json

TUESDAYS = "weekly tue 10am ops review"
TITLE = "*ops review*"


def say(touchbase: Touchbase, words: str, user: str = "maria") -> Json:
    return touchbase.slack.command(CHANNEL, user, "/checkin", words)


def press_private(touchbase: Touchbase, user: str, action_id: str, number: int = 0) -> Json:
    """Press in the newest private answer; ``number`` counts equal buttons from the top."""
    where = _private(touchbase, action_id, number)
    return touchbase.slack.click(user, action_id, **where)


def press_private_twice(touchbase: Touchbase, user: str, action_id: str) -> None:
    touchbase.slack.click_twice(user, action_id, **_private(touchbase, action_id, 0))


def _private(touchbase: Touchbase, action_id: str, number: int) -> Json:
    own = [m for m in touchbase.messages() if m.get("ephemeral_to") and action_id in action_ids(m)]
    rows = [
        block
        for block in own[-1]["blocks"]
        if action_id in {e["action_id"] for e in block.get("elements", []) if "action_id" in e}
    ]
    return {"channel": CHANNEL, "ts": own[-1]["ts"], "block_id": rows[number]["block_id"]}


def choose(touchbase: Touchbase, user: str, word: str) -> None:
    """Pick a line of the menu under the newest agenda."""
    agenda = touchbase.message_with("checkin.more")
    every = [e for block in agenda["blocks"] for e in block.get("elements", [])]
    (menu,) = [e for e in every if e.get("action_id") == "checkin.more"]
    (value,) = [o["value"] for o in menu["options"] if o["value"].startswith(word)]
    touchbase.press(user, "checkin.more", selected=value)


def plan(touchbase: Touchbase, words: str = TUESDAYS, user: str = "maria") -> None:
    say(touchbase, words, user)
    press_private(touchbase, user, "checkin.create")
    touchbase.calm()


def about(touchbase: Touchbase, words: str, title: str = TITLE) -> list[Json]:
    """What the bot posted for everybody about a check-in, oldest first."""
    return [m for m in touchbase.from_bot() if words in m["text"] and title in m["text"]]


def sole_check_in(touchbase: Touchbase) -> None:
    """End the check-in that the template began, so that one alone is left."""
    touchbase.agreed()
    say(touchbase, "cancel")
    press_private(touchbase, "maria", "checkin.end")
    touchbase.calm()
    plan(touchbase)
