"""What is said in a direct message before it is clear which partnership is meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.partnerships import Partnership
from views.blocks import Blocks, Drawn, button, context, quoted, section

CHOOSE: Final = "direct.choose"
SHOWN_MOST: Final = 20
VALUE_MOST: Final = 2000  # Slack: a button's value <= 2000 characters
_NAME_MOST: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a button carries: the partnership, what was said, and a name for its having been said.

    ``fact`` is the same however often the button is pressed.
    """

    partnership_id: str
    fact: str
    words: str


def choose(every: Sequence[Partnership], fact: str, words: str) -> Drawn:
    """Asks which partnership is meant, with one button for each."""
    head = "Which partnership do you mean?"
    example = quoted(every[0].client.name, _NAME_MOST)
    hint = f"Next time begin with a name, as in “{example}: …”, and I need not ask."
    blocks: Blocks = [section(head)]
    for one in every[:SHOWN_MOST]:
        value = f"{one.id}|{fact}|{words}"
        if len(value) <= VALUE_MOST:
            chooser = button("This one", CHOOSE, value)
            blocks.append(section(f"*{_pair(one)}*", accessory=chooser, block_id=one.id))
        else:
            blocks.append(section(f"*{_pair(one)}*", block_id=one.id))
    if len(every) > SHOWN_MOST:
        hint = f"…and {len(every) - SHOWN_MOST} more. {hint}"
    return Drawn(text=head, blocks=(*blocks, context(hint)))


def read(value: str) -> Chosen:
    """What a pressed button carries; anything else names no partnership."""
    partnership_id, _, rest = value.partition("|")
    fact, _, words = rest.partition("|")
    return Chosen(partnership_id=partnership_id, fact=fact, words=words)


def none_yet(*, outside: bool) -> Drawn:
    """For somebody who is in no channel that was set up.

    Args:
        outside: The person is of another company than the one that installed the bot.
    """
    start = (
        "somebody of the company that installed me sets me up in the channel that you share."
        if outside
        else "invite me to the channel that you share with the other company, then write"
        " `/touchbase setup` there. Nothing is posted before you press *Post*."
    )
    text = f"You are in no channel that is set up yet. To begin, {start}"
    return Drawn(text=text, blocks=(section(text),))


def _pair(one: Partnership) -> str:
    return f"{quoted(one.client.name, _NAME_MOST)} and {quoted(one.vendor.name, _NAME_MOST)}"
