"""A check-in that one side proposed, as both read it until the other agrees, and afterwards."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from domain.cadences import Cadence, Occurrence
from domain.partnerships import Partnership
from domain.proposals import AgreedLongAgo, ChangedMeanwhile, NobodyToAgree, OwnCheckIn
from domain.written import is_written
from views.blocks import Block, Drawn, actions, button, quoted, section
from views.checkin_changes import rhythm
from views.checkin_hours import warning
from views.checkin_values import SpoiledValue
from views.checkins import ADD_POINT, CHANGE, both_zones, home_zone, name, not_agreed
from views.invitation_buttons import offered
from views.presets import about
from views.times import moment_in_zones, when
from views.written import questions_button

AGREE: Final = "proposal.agree"
ANOTHER: Final = "proposal.another"
UNDO: Final = "proposal.undo"
_TITLE_MOST: Final = 80


def card(partnership: Partnership, cadence: Cadence, first: Occurrence | None) -> Drawn:
    """What is proposed, or was agreed, with the next step.

    Args:
        first: Its next turn; None: there is none.
    """
    # How a written one works is told with its questions, once it opens.
    parts = [_what(partnership, cadence), *about(cadence.plan)[:1]]
    if first is not None:
        parts.append(_first(partnership, cadence, first))
    parts += _standing(partnership, cadence)
    buttons = answers(cadence)
    if first is not None:
        is_meeting = not is_written(cadence.plan)
        buttons.append(
            button("Add a point", ADD_POINT, first.id) if is_meeting else questions_button(cadence)
        )
        buttons.append(button("Change", CHANGE, first.id))
        buttons += offered(cadence)
    text = " ".join(parts)
    return Drawn(text=text, blocks=(section(text), *([actions(*buttons)] if buttons else [])))


def outdated(cadence: Cadence) -> Drawn:
    """A card whose proposal was followed by another one."""
    text = f"{_title(cadence)}: this proposal was followed by another one, further below."
    return Drawn(text=text, blocks=(section(text),))


def write(cadence: Cadence) -> str:
    """What is answered to, as a button carries it: the check-in and the version that is shown."""
    return f"{cadence.id}/{cadence.version}"


def read(value: str) -> tuple[str, int]:
    """The check-in's id and version that a button carries.

    Raises:
        SpoiledValue: It carries none.
    """
    cadence_id, _, version = value.rpartition("/")
    if not cadence_id or not version.isdecimal():
        raise SpoiledValue
    return cadence_id, int(version)


def _what(partnership: Partnership, cadence: Cadence) -> str:
    side = cadence.proposed_side
    if side is None:
        return f"New check-in: {_title(cadence)}. {rhythm(cadence)}"
    verb = "planned a check-in" if cadence.version == 1 else "proposes another rhythm for"
    between = ": " if cadence.version == 1 else " "
    return f"{name(partnership, side)} {verb}{between}{_title(cadence)}. {rhythm(cadence)}"


def _first(partnership: Partnership, cadence: Cadence, first: Occurrence) -> str:
    zones = moment_in_zones(first.starts_at, both_zones(partnership))
    is_meeting = not is_written(cadence.plan)
    warned = warning(partnership, first.starts_at) if is_meeting else ""
    return f"First: {when(first.starts_at, home_zone(partnership))} ({zones}){warned}."


def _standing(partnership: Partnership, cadence: Cadence) -> list[str]:
    if cadence.state != "active":
        return ["No further turns."]
    if cadence.agreed_side is not None:
        return [f"Agreed by {name(partnership, cadence.agreed_side)}."]
    return not_agreed(partnership, cadence)


def waiting(partnership: Partnership, cadence: Cadence) -> str:
    """That a proposed check-in is agreed by nobody yet."""
    by = "" if cadence.proposed_side is None else f" by {name(partnership, cadence.proposed_side)}"
    return f"{_title(cadence)}, proposed{by}, is agreed by nobody yet."


def answers(cadence: Cadence) -> list[Block]:
    """The buttons for the side that was asked, or for the one that agreed."""
    if cadence.state != "active":
        return []
    if cadence.asked_side is not None:
        value = write(cadence)
        agree = button("Agree", AGREE, value, style="primary")
        return [agree, button("Another time", ANOTHER, value)]
    return [button("Undo", UNDO, write(cadence))] if cadence.agreed_side is not None else []


def _title(cadence: Cadence) -> str:
    return f"*{quoted(cadence.title, _TITLE_MOST)}*"


def changed_meanwhile(partnership: Partnership, by: str, cadence: Cadence) -> str:
    """What stands above a form whose check-in was changed while it was open; ``by``: a name."""
    side = cadence.proposed_side
    who = quoted(by) or ("somebody" if side is None else name(partnership, side))
    return (
        f"This was changed meanwhile by {who}: {rhythm(cadence)} What you typed stands below;"
        " press *Preview* to propose it instead."
    )


def _nobody(error: NobodyToAgree) -> str:
    return (
        f"{quoted(error.side_name)} has neither lead nor member here yet, so nobody would come."
        " `/touchbase people` adds somebody; then plan it again."
    )


SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    ChangedMeanwhile: lambda _: (
        "This check-in was changed meanwhile. `/checkin list` shows how it is now, and the newest"
        " line about it in the thread of *This week* has fresh buttons."
    ),
    OwnCheckIn: lambda _: "Your own side proposed this; a lead of the other side agrees to it.",
    AgreedLongAgo: lambda _: (
        "What was agreed can be taken back for a day. *Change* proposes another rhythm."
    ),
    NobodyToAgree: _nobody,
}
