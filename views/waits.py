"""What a deliverable waits for, in words: on cards, in lists, in the thread, and in its form."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from domain.deliverables import Commitment, Due
from domain.partnerships import Partnership
from domain.people import Side, other_side
from domain.values import value
from domain.waits import WORDS_MOST, Wait, WaitsInCircle
from domain.zones import local
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    cut,
    field,
    modal,
    option,
    plural,
    quoted,
    section,
    select,
    text_input,
)
from views.deliverable_forms import due_of
from views.deliverables import (
    DONE,
    UNDO,
    due_words,
    in_both_zones,
    line_of,
    side_name,
    subject,
    titled,
)
from views.times import day_words, when

FORM: Final = "deliverable.wait_form"
OVER: Final = "deliverable.wait_over"
# Slack: at most 100 options in a menu, each of at most 75 characters.
INPUTS_MOST: Final = 100
_OPTION_MOST: Final = 75
_TITLE_MOST: Final = 120
_UNANSWERED_MOST: Final = 2
_ASKED_TITLE_MOST: Final = 60
_BUTTON_TITLE_MOST: Final = 40


@value
class Waited:
    """Something that is waited for.

    Attributes:
        about: The deliverable; None: it is what the words of the wait say, or its reader may not
            know of it.
    """

    wait: Wait
    about: Commitment | None = None


@value
class Asked:
    """The form read back.

    Attributes:
        on_id: Of a deliverable that is there already.
        owner: Slack id of who is asked for what the words say; None: nobody is.
        due: By when they are asked for it; None: no day is chosen.
    """

    on_id: str | None
    words: str
    owner: str | None
    due: Due | None = None


def what_words(partnership: Partnership, waited: Waited) -> str:
    """What it waits for: "*volume forecast* (Acme)", "“the access”"."""
    if waited.about is not None:
        return subject(partnership, waited.about)
    if waited.wait.words:
        return f"“{quoted(waited.wait.words, _TITLE_MOST)}”"
    return "another deliverable"


def line(partnership: Partnership, commitment: Commitment, waited: Waited) -> str:
    """On the card of what waits."""
    zone = partnership.side(commitment.side).calendar.zone
    about = waited.about
    if about is not None and is_unanswered(commitment, about):
        return f"Waits for {asked_words(partnership, _asked(about))}."
    due = f", due {due_words(partnership, about)}" if about is not None else ""
    return f"Waits for {what_words(partnership, waited)}{due}, since {_day(waited, zone)}."


def is_unanswered(commitment: Commitment, about: Commitment) -> bool:
    """Whether the other side was asked for what it waits for, and has not said anything."""
    return about.state == "proposed" and about.side != commitment.side


def unanswered(partnership: Partnership, inputs: Sequence[Commitment]) -> str:
    """Behind what is said to be late: that the other side has not answered; empty for nothing.

    In the form "It waits for *volume forecast*, asked of Acme on Mon 16 Nov and not answered.".

    Args:
        inputs: What it waits for that ``is_unanswered``.
    """
    names = [asked_words(partnership, _asked(one)) for one in inputs[:_UNANSWERED_MOST]]
    return f"It waits for {'; for '.join(names)}." if names else ""


def asked_words(partnership: Partnership, asked: tuple[str, Side, datetime]) -> str:
    """In the form "*volume forecast*, asked of Acme on Mon 16 Nov and not answered".

    Args:
        asked: What, of which side, and when.
    """
    title, side, at = asked
    day = day_words(local(at, partnership.side(side).calendar.zone).date())
    what = f"*{quoted(title, _ASKED_TITLE_MOST)}*"
    return f"{what}, asked of {side_name(partnership, side)} on {day} and not answered"


def _asked(about: Commitment) -> tuple[str, Side, datetime]:
    return about.title, about.side, about.created_at


def waited_by(partnership: Partnership, waiting: Commitment) -> str:
    """On the card of what is waited for."""
    return f"{subject(partnership, waiting)} waits for it."


def listed(partnership: Partnership, every: Sequence[Waited]) -> str:
    """Behind a line of a list: "waits for *volume forecast* (Acme)"; empty for nothing."""
    if not every:
        return ""
    names = ", ".join(what_words(partnership, one) for one in every[:3])
    left = len(every) - 3
    return f"waits for {names}" + (f" and {left} more" if left > 0 else "")


def moved_line(
    partnership: Partnership, commitment: Commitment, minutes: int, about: Commitment | None
) -> Drawn:
    """Tells the thread that its date moved because it waited.

    Args:
        commitment: As it is now.
        about: What it waited for; None: what not everybody may read.
    """
    what = "another deliverable" if about is None else subject(partnership, about)
    return line_of(
        f"{subject(partnership, commitment)}: now {in_both_zones(partnership, commitment)}."
        f" It waited {work_words(minutes)} for {what}, so its date moved by as much."
    )


def moved_back_line(partnership: Partnership, commitment: Commitment) -> Drawn:
    """Tells the thread that what it waited for is not there after all."""
    return line_of(
        f"{subject(partnership, commitment)}: waits again, due"
        f" {in_both_zones(partnership, commitment)} plus what it loses."
    )


def gone_line(partnership: Partnership, commitment: Commitment, about: Commitment) -> Drawn:
    """Tells the thread that what it waited for will not come."""
    became = "cancelled" if about.state == "withdrawn" else "not taken on"
    what = subject(partnership, about) if about.is_public else "another deliverable"
    return line_of(f"{subject(partnership, commitment)} waits no more: {what} was {became}.")


def not_in_line(
    partnership: Partnership, commitment: Commitment, waited: Sequence[Waited]
) -> Drawn:
    """Tells the other side why it is not in: because of what they owe themselves."""
    text = f"{subject(partnership, commitment)}: was due {due_words(partnership, commitment)}."
    lines = [line(partnership, commitment, one) for one in waited]
    text = " ".join([text, *lines, "Its clock stands still until then."])
    row = [here_button(one.about) for one in waited if one.about is not None]
    blocks: list[Block] = [section(text)]
    if row:
        blocks.append(actions(*row[:5], block_id=f"inputs-{commitment.id}"))
    return Drawn(text=text, blocks=tuple(blocks))


def here_button(about: Commitment) -> Block:
    """For whoever owes what is waited for: it is there."""
    return button(f"{cut(about.title, _BUTTON_TITLE_MOST)}: done", DONE, about.id)


def work_words(minutes: int) -> str:
    """Working time: "9 hours 30 minutes of working time"."""
    hours, rest = divmod(minutes, 60)
    parts = [plural(hours, "hour")] if hours else []
    parts += [plural(rest, "minute")] if rest or not hours else []
    return f"{' '.join(parts)} of working time"


def form(
    partnership: Partnership,
    commitment: Commitment,
    inputs: Sequence[Commitment],
    waited: Sequence[Waited] = (),
) -> Block:
    """What it waits for, and something further.

    Args:
        inputs: What can be waited for, as far as the reader may know of it.
        waited: For what it waits already.
    """
    blocks: Blocks = [section(f"{subject(partnership, commitment)} waits for:")]
    for one in waited:
        over = button("No longer", OVER, one.wait.id)
        blocks.append(section(what_words(partnership, one), accessory=over, block_id=one.wait.id))
    blocks += [*_what_fields(partnership, inputs), *_ask_fields(partnership, commitment)]
    metadata = {
        "partnership": partnership.id,
        "channel": partnership.channel,
        "id": commitment.id,
    }
    return modal(
        FORM, "Waiting for something", blocks, submit="Save", metadata=json.dumps(metadata)
    )


def _what_fields(partnership: Partnership, inputs: Sequence[Commitment]) -> Sequence[Block]:
    """One of the two is needed, and Slack calls both of them optional."""
    typed = text_input(placeholder="Access to the test system", most=WORDS_MOST)
    if not inputs:
        return [field("words", "What it waits for", typed, optional=True)]
    choices = [_input_option(partnership, one) for one in inputs[:INPUTS_MOST]]
    hint = "A deliverable here, or something else below: one of the two is needed."
    return [
        field("input", "A deliverable", select(choices), hint=hint, optional=True),
        field("words", "Or something else", typed, optional=True),
    ]


def _ask_fields(partnership: Partnership, commitment: Commitment) -> Sequence[Block]:
    theirs = side_name(partnership, other_side(commitment.side))
    hint = "Then it is a deliverable of its own, which they are asked to accept; choose a day, too."
    return [
        field(
            "owner",
            f"Ask somebody of {theirs} for it",
            {"type": "users_select", "action_id": "value"},
            hint=hint,
            optional=True,
        ),
        field("due", "By when", {"type": "datepicker", "action_id": "value"}, optional=True),
    ]


def asked_of(values: Mapping[str, object]) -> Asked:
    """The form as it was sent.

    Raises:
        Unclear: There is no such date.
    """
    chosen, owner = values.get("input"), values.get("owner")
    return Asked(
        on_id=str(chosen) if chosen else None,
        words=str(values.get("words") or "").strip(),
        owner=str(owner) if owner else None,
        due=due_of(values, "") if values.get("due") else None,
    )


def now_waits(partnership: Partnership, commitment: Commitment, waited: Waited) -> Drawn:
    """To whoever said that it waits."""
    seen = "Both sides see it."
    if waited.about is not None and not waited.about.is_public:
        seen = "Who may not know of that reads of “another deliverable”."
    if not commitment.is_public:
        seen = "Whoever may see it reads so in lists."
    text = f"{titled(commitment)} waits for {what_words(partnership, waited)}. {seen}"
    undo = button("Undo", UNDO, f"{commitment.id}|waiting-{waited.wait.id}")
    return Drawn(text=text, blocks=(section(text), actions(undo, block_id="undo")))


def no_longer(partnership: Partnership, commitment: Commitment) -> Drawn:
    """To whoever said that it waits for something no more."""
    due = in_both_zones(partnership, commitment)
    return line_of(f"{titled(commitment)} waits for this no more; it is due {due}.")


def in_circle(error: WaitsInCircle) -> str:
    """Why it cannot wait for this."""
    named = [f"“{quoted(title, _TITLE_MOST)}”" for title in error.titles]
    if len(named) == 1:
        return f"{named[0]} cannot wait for itself. Please choose something else."
    way = " waits for ".join(named)
    return f"They would wait for each other: {way}. Please choose something else."


def _input_option(partnership: Partnership, one: Commitment) -> Block:
    side = partnership.side(one.side).name
    return option(f"{cut(one.title, _OPTION_MOST - 30)} ({cut(side, 25)})", one.id)


def _day(waited: Waited, zone: str) -> str:
    since: datetime = waited.wait.since_at
    return when(since, zone)
