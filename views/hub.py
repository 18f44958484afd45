"""The hub: the pinned post with the buttons, the same on a mention, and what is under *More*."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from domain.boards import Board, Due, NextCheckIn, Waiting
from domain.partnerships import Partnership
from domain.pauses import Out
from domain.people import SIDES, Side, other_side
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    modal,
    plural,
    quoted,
    section,
)
from views.checkins import ADD_POINT
from views.ladder import ladder_words
from views.pause import out_notice, out_words, rest_notice, rest_words
from views.times import length_words, when
from views.verbs import VERBS, Verb

HUB_MORE: Final = "hub.more"
PREFIX: Final = "hub."
MORE_FORM: Final = "hub.more_view"
ANSWER_FORM: Final = "hub.answer"


def hub(
    partnership: Partnership,
    board: Board,
    verbs: Sequence[Verb] = VERBS,
    out: Out | None = None,
) -> Drawn:
    """The hub as it stands in the shared channel. ``out``: why nothing can be said there now."""
    if partnership.state == "declined":
        return _declined_hub(partnership)
    lines = [_title(partnership), *hub_lines(partnership, board)]
    if not partnership.is_agreed:
        guest = quoted(partnership.side(partnership.guest_side).name, 60)
        lines.append(f"Waiting for {guest} to agree; until then I write to nobody there.")
    text = " ".join(part for part in (out_words(out), rest_words(partnership), *lines) if part)
    body = section("\n".join(lines))
    blocks: Blocks = [*out_notice(out), *rest_notice(partnership), body, context(_no_commands())]
    return Drawn(
        text=text, blocks=(*blocks, hub_buttons(partnership.id, board.next_check_in, verbs))
    )


def resting_hub() -> Drawn:
    """What is left of the hub when the other company chose not to use Touchbase."""
    text = "Touchbase stays silent in this channel."
    return Drawn(text=text, blocks=(section(text),))


def _declined_hub(partnership: Partnership) -> Drawn:
    guest = quoted(partnership.side(partnership.guest_side).name, 60)
    text = (
        f"{guest} chose not to use Touchbase here, so nothing runs and I record nothing."
        f" {guest} can still agree, in my first post."
    )
    return Drawn(text=text, blocks=(section(text),))


def hub_lines(partnership: Partnership, board: Board) -> list[str]:
    """What the hub says, below its title."""
    late = [f"Late: {by_side(partnership, board.late)}."] if board.late else []
    return [
        f"Next check-in: {next_check_in(partnership, board.next_check_in)}.",
        *late,
        f"Due this week: {by_side(partnership, board.due)}{_asked_for(partnership, board)}.",
        f"Normal answer: {reply_words(partnership.reply_time)}; urgent: call.",
    ]


def hub_buttons(
    partnership_id: str, coming: NextCheckIn | None, verbs: Sequence[Verb] = VERBS
) -> Block:
    """The row of buttons; what has no place in it stands under *More*.

    A point is raised for the next check-in, so there is a button for it while one is planned.
    """
    shown = [verb for verb in verbs if verb.in_hub and verb.label]
    buttons = [button(verb.label or "", verb.action_id, partnership_id) for verb in shown]
    if coming is not None and coming.turn_id:
        buttons.append(button("Raise a point", ADD_POINT, coming.turn_id))
    return actions(*buttons, button("More", HUB_MORE, partnership_id), block_id="hub")


def more(partnership: Partnership, verbs: Sequence[Verb] = VERBS) -> Block:
    """The form behind *More*: everything that has a button and stands not in the hub."""
    rest = [verb for verb in verbs if verb.label and not verb.in_hub]
    blocks: Blocks = [
        section(
            f"*{verb.label}*: {verb.does}.",
            accessory=button(verb.label or "", verb.action_id, partnership.id),
            block_id=verb.word,
        )
        for verb in rest
    ]
    steps = f"Reminders of what is owed: {ladder_words(partnership.ladder)}."
    blocks.append(context(f"{steps} A lead of either side can propose others in the settings."))
    return modal(MORE_FORM, "More", blocks, metadata=_metadata(partnership))


def as_form(drawn: Drawn, partnership: Partnership, title: str = "Touchbase") -> Block:
    """An answer for one person, shown as a form: the one way that everybody is sure to see.

    Args:
        title: What it shows.
    """
    blocks = [dict(block) for block in drawn.blocks] or [section(drawn.text)]
    return modal(ANSWER_FORM, title, blocks, metadata=_metadata(partnership))


def _metadata(partnership: Partnership) -> str:
    return json.dumps({"partnership": partnership.id, "channel": partnership.channel})


def next_check_in(partnership: Partnership, coming: NextCheckIn | None) -> str:
    if coming is None:
        return "none planned yet"
    zone = partnership.side(partnership.home_side).calendar.zone
    moment = when(coming.starts_at, zone, coming.seen_at)
    asked = asked_words(partnership, coming)
    return f"{quoted(coming.title, 60)}, {moment}{f', {asked}' if asked else ''}"


def asked_words(partnership: Partnership, coming: NextCheckIn) -> str:
    """In the form "proposed by Globalcall, waits for Acme"; empty where nobody is asked."""
    if coming.proposed_by is None:
        return ""
    sides = (coming.proposed_by, other_side(coming.proposed_by))
    by, asked = (quoted(partnership.side(side).name, 60) for side in sides)
    return f"proposed by {by}, waits for {asked}"


def _asked_for(partnership: Partnership, board: Board) -> str:
    asked = [one for one in board.waiting if one.waits_for == "accept"]
    return f"; asked for, not taken on yet: {by_side(partnership, asked)}" if asked else ""


def by_side(partnership: Partnership, every: Sequence[Due | Waiting]) -> str:
    """In the form "Acme 1, Globalcall 2"; "nothing" when neither owes anything."""
    counts: dict[Side, int] = {side: sum(d.side == side for d in every) for side in SIDES}
    if not any(counts.values()):
        return "nothing"
    return ", ".join(f"{quoted(partnership.side(s).name, 60)} {counts[s]}" for s in SIDES)


def reply_words(reply_time: timedelta) -> str:
    """In the form "8 working hours"."""
    minutes = int(reply_time / timedelta(minutes=1))
    if minutes % 60:
        return f"{length_words(reply_time)} of working time"
    return plural(minutes // 60, "working hour")


def _title(partnership: Partnership) -> str:
    client, vendor = quoted(partnership.client.name, 60), quoted(partnership.vendor.name, 60)
    return f"*{client} and {vendor}.*"


def _no_commands() -> str:
    return "No commands needed: press a button or mention me."
