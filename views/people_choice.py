"""A choice among known people in a form: only those who can be chosen, as long as all fit in."""

from collections.abc import Sequence
from typing import Final

from domain.people import Person
from views.blocks import Block, option, select

# Slack: a select takes at most 100 options
CHOICES_MOST: Final = 100


def people_choice(fit: Sequence[Person], chosen: str | None = None) -> Block:
    """A menu of these people; of more than a menu holds, a search among everybody.

    Args:
        fit: At least one, in order.
        chosen: Slack id; None, or of somebody who is not among them: nobody is chosen yet.
    """
    if len(fit) <= CHOICES_MOST:
        return select([option(one.name or one.slack_id, one.slack_id) for one in fit], chosen)
    everybody: Block = {"type": "users_select", "action_id": "value"}
    return everybody if chosen is None else everybody | {"initial_user": chosen}
