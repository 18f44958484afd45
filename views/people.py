"""Who is on which side: the private list, the form in which a lead picks, what leads hear."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as field_
from typing import Any, Final

from domain.partnerships import Partnership
from domain.people import SIDES, Member, Role, Side
from domain.roster import CannotBeListed, Picked, Unfit
from views import advisors
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    field,
    mention,
    modal,
    plural,
    quoted,
    section,
)

OPEN: Final = "people.open"
CONFIRM: Final = "people.confirm"
PICK: Final = "people.pick"
FORM: Final = "people.form"
LIST_FORM: Final = "people.list"
FIELDS: Final = ("leads", "members", "sponsors")

_LIST_WORDS: Final = frozenset({"list", "show", "all", "here", "?"})
# More names than this in one line help nobody.
NAMED_MOST: Final = 40
# Whoever picks more by hand has misunderstood what members are.
PICKED_MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The people of a partnership as one reader sees them.

    Attributes:
        lead_of: The side that the reader leads; None: may change nothing.
        proposers: Which side proposes an advisor, by our ids; those on whom both agreed are not in.
    """

    partnership: Partnership
    members: tuple[Member, ...]
    lead_of: Side | None
    proposers: Mapping[str, Side] = field_(default_factory=dict)

    def of(self, side: Side) -> list[Member]:
        return [one for one in self.members if one.side == side and not one.person.is_bot]

    @property
    def advisors(self) -> list[Member]:
        """Those who watch, and those whom one side proposes for it."""
        here = [one for one in self.members if one.role == "advisor"]
        return [one for one in here if not (one.person.is_bot or one.person.deleted)]

    @property
    def to_confirm(self) -> int:
        """How many people of the reader's own side wait to be confirmed."""
        if self.lead_of is None:
            return 0
        return sum(is_proposed(one) for one in self.of(self.lead_of))


def is_proposed(one: Member) -> bool:
    return one.role in {"lead", "member"} and not one.confirmed and not one.person.deleted


def listed(shown: Shown) -> Drawn:
    """Everybody by side, with what the reader can do about it."""
    blocks: Blocks = [section(_side_text(shown, side)) for side in SIDES]
    blocks += advisors.lines(shown.partnership, shown.advisors, shown.proposers, shown.lead_of)
    unplaced = sum(_is_unplaced(one) for one in shown.members)
    if unplaced:
        blocks.append(context(f"{plural(unplaced, 'person', 'people')} of neither side."))
    blocks.append(context(_who_may(shown)))
    buttons = _buttons(shown)
    if buttons:
        blocks.append(actions(*buttons, block_id="people"))
    return Drawn(text="\n".join(_side_text(shown, side) for side in SIDES), blocks=tuple(blocks))


def _is_unplaced(one: Member) -> bool:
    return one.side is None and one.role != "advisor" and not one.person.is_bot


def confirmed(shown: Shown) -> Drawn:
    """After a lead confirmed: the list as it is then, with nothing more to press."""
    sides = "\n".join(_side_text(shown, side) for side in SIDES)
    return Drawn(text=f"Confirmed.\n{sides}", blocks=(section("Confirmed."), section(sides)))


def list_view(shown: Shown) -> Block:
    """The same list as a form."""
    blocks = [dict(block) for block in listed(shown).blocks]
    return modal(LIST_FORM, "People", blocks, metadata=_metadata(shown.partnership))


def with_unread(drawn: Drawn, words: str) -> Drawn:
    """The same answer, saying first which words behind "people" nobody understood."""
    if not words or words.casefold() in _LIST_WORDS:
        return drawn
    said = f"I did not understand “{quoted(words, 100)}”. Leads pick their people in the list."
    return Drawn(text=f"{said} {drawn.text}", blocks=(section(said), *drawn.blocks))


def list_button(partnership: Partnership) -> Drawn:
    """Where both companies read: no names, only the way to the list."""
    text = "Who is on which side, for you alone:"
    shown = button("People", OPEN, partnership.id)
    return Drawn(text=text, blocks=(section(text), actions(shown)))


def form(shown: Shown, side: Side) -> Block:
    """The form in which a lead says who leads the own side and who works on it."""
    name = quoted(shown.partnership.side(side).name, 60)
    chosen: dict[Role, list[str]] = {
        role: [one.person.slack_id for one in shown.of(side) if one.role == role]
        for role in ("lead", "member", "sponsor")
    }
    blocks: Blocks = [
        section(f"*{name}.* Leads decide for the side; members are asked, reminded and counted."),
        field("leads", "Leads", _people(chosen["lead"])),
        field("members", "Members", _people(chosen["member"]), optional=True),
        field(
            "sponsors",
            "Sponsors",
            _people(chosen["sponsor"]),
            hint="They see what the side sees, and are never asked or reminded. What leads bring to"
            " them they read once both sides want that, in Settings."
            " Everybody else in the channel only reads along.",
            optional=True,
        ),
    ]
    return modal(FORM, "People", blocks, submit="Save", metadata=_metadata(shown.partnership))


def picked(values: Mapping[str, tuple[str, ...]]) -> Picked:
    """What the fields of the form hold, by Slack ids."""
    leads, members, sponsors = (values[name] for name in FIELDS)
    return Picked(leads=leads, members=members, sponsors=sponsors)


def asked_to_confirm(partnership: Partnership, lead: Member, members: Iterable[Member]) -> Drawn:
    """What a lead is asked once, when everybody in the channel is known."""
    own = [one for one in members if one.side == lead.side and not one.person.is_bot]
    name = quoted(partnership.side(lead.side or partnership.home_side).name, 60)
    waiting = sum(is_proposed(one) for one in own)
    if waiting:
        text = (
            f"I found {plural(waiting, 'person', 'people')} of {name} here. Are they the ones who"
            " work on this? Until you say so I ask and remind none of them."
        )
        buttons = [button("All of them", CONFIRM, partnership.id)]
    else:
        text = (
            f"I see {plural(len(own), 'person', 'people')} of {name} here. Who works on this?"
            " Everybody else only reads along."
        )
        buttons = []
    buttons.append(button("Pick people", PICK, partnership.id))
    return Drawn(text=text, blocks=(section(text), actions(*buttons)))


def third_company(partnership: Partnership) -> Drawn:
    """What the leads hear when a company of neither side shares the channel."""
    client, vendor = quoted(partnership.client.name, 60), quoted(partnership.vendor.name, 60)
    text = (
        f"Another company shares this channel now. What is between {client} and {vendor} I say"
        " here to nobody while it does. If it belongs here, please set me up in a channel of just"
        " the two; once it has left, I go on by myself."
    )
    return Drawn(text=text, blocks=(section(text),))


def hello_inviter() -> Drawn:
    """What somebody is told who brought the bot into a channel."""
    text = (
        "Thank you, I am here. `/touchbase setup` takes three minutes;"
        " I say nothing to anybody before you press *Post*."
    )
    return Drawn(text=text, blocks=(section(text),))


def _side_text(shown: Shown, side: Side) -> str:
    here = [one for one in shown.of(side) if not one.person.deleted]
    leads = [one for one in here if one.role == "lead" and one.confirmed]
    members = [one for one in here if one.role == "member" and one.confirmed]
    waiting = [one for one in here if is_proposed(one)]
    sponsors = [one for one in here if one.role == "sponsor"]
    observers = len(here) - len(leads) - len(members) - len(sponsors) - len(waiting)
    lines = [
        f"*{quoted(shown.partnership.side(side).name, 60)}*",
        f"Leads: {_names(leads)}",
        f"Members: {_names(members)}",
    ]
    if sponsors:
        lines.append(f"Sponsors: {_names(sponsors)}")
    if waiting:
        lines.append(f"Not confirmed yet: {_names(waiting)}")
    if observers:
        lines.append(f"{plural(observers, 'person', 'people')} more read along.")
    return "\n".join(lines)


def _names(members: Sequence[Member]) -> str:
    if not members:
        return "none yet"
    named = ", ".join(mention(one.person.slack_id) for one in members[:NAMED_MOST])
    left = len(members) - NAMED_MOST
    return named if left <= 0 else f"{named} and {left} more"


def _who_may(shown: Shown) -> str:
    if shown.lead_of is None:
        return "Leads say who is on their side."
    name = quoted(shown.partnership.side(shown.lead_of).name, 60)
    return f"You say who is on {name}'s side; the other side's leads say who is on theirs."


def _buttons(shown: Shown) -> list[Block]:
    if shown.lead_of is None:
        return []
    named = shown.partnership.id
    pick = [button("Pick people", PICK, named), button("Advisors", advisors.OPEN, named)]
    if not shown.to_confirm:
        return pick
    return [button("Confirm all", CONFIRM, named, style="primary"), *pick]


def _people(chosen: Sequence[str]) -> Block:
    element: Block = {
        "type": "multi_users_select",
        "action_id": "value",
        "max_selected_items": PICKED_MOST,
    }
    return element | {"initial_users": list(chosen[:PICKED_MOST])} if chosen else element


def _metadata(partnership: Partnership) -> str:
    return json.dumps({"partnership": partnership.id, "channel": partnership.channel})


_UNFIT: Final[Mapping[Unfit, str]] = {
    "absent": "is not in this channel.",
    "bot": "is an app, not a person.",
    "gone": "is not active in Slack any more.",
    "other_side": "is on the other side; that side's leads decide about it.",
    "neither_side": "is of neither company.",
}


def _unfit_words(error: CannotBeListed) -> str:
    # Under a field of a form, where Slack draws no mentions.
    return f"{quoted(error.name, 60) or 'Somebody you picked'} {_UNFIT[error.unfit]}"


SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    CannotBeListed: _unfit_words,
}
