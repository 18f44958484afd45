"""What the channel reads once a check-in is over: the question, and what each side says."""

from collections.abc import Sequence
from typing import Final

from domain.checkins import CheckIn, Said
from domain.people import SIDES, Side
from views import checkin_reports
from views.blocks import Blocks, Drawn, actions, button, context, mention, quoted, section
from views.checkins import CHANGE, home_zone, name
from views.times import when

HELD: Final = "checkin.held"
OTHER_DAY: Final = "checkin.other_day"
NOT_HELD: Final = "checkin.not_held"

_TITLE_MOST: Final = 80
_SAID_WORDS: Final[dict[Said, str]] = {
    "held": "it took place",
    "other_day": "it took place on another day",
    "not_held": "it did not take place",
}


def after(check_in: CheckIn, asked: Sequence[str] = ()) -> Drawn:
    """The question afterwards, with what each side said so far.

    Args:
        asked: Slack ids of the leads who are mentioned.
    """
    partnership, turn = check_in.partnership, check_in.turn
    called = "".join(f"{mention(slack_id)} " for slack_id in asked)
    question = (
        f"{called}Did *{quoted(check_in.title, _TITLE_MOST)}*"
        f" ({when(turn.starts_at, home_zone(partnership))}) take place?"
    )
    said = [f"{name(partnership, side)}: {_said_words(check_in, side)}." for side in SIDES]
    told = checkin_reports.lines(check_in)
    blocks: Blocks = [section(question), context(" ".join(said))]
    if told:
        blocks.append(section("\n".join(told)))
    row = [
        button("Yes", HELD, turn.id),
        button("On another day", OTHER_DAY, turn.id),
        button("No", NOT_HELD, turn.id),
    ]
    if any(one.said == "not_held" for one in check_in.said.values()):
        row.append(button("Pick a time", CHANGE, turn.id))
    if any(one.said != "not_held" for one in check_in.said.values()):
        row.append(button("Add what came of it", checkin_reports.OPEN, turn.id))
    blocks.append(actions(*row))
    blocks.append(context("A lead of each side answers for the own side, and can change it."))
    return Drawn(text=" ".join([question, *said, *told]), blocks=tuple(blocks))


def _said_words(check_in: CheckIn, side: Side) -> str:
    said = check_in.said.get(side)
    if said is None:
        return "not said yet"
    day = checkin_reports.other_day(check_in, side) if said.said == "other_day" else ""
    return f"{_SAID_WORDS[said.said]}{day}"
