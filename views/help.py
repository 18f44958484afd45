"""What people read when they ask what Touchbase can do, or typed something it does not know."""

from collections.abc import Mapping, Sequence
from typing import Final

from views.blocks import Drawn, actions, button, context, quoted, section
from views.verbs import VERBS, Verb

EXAMPLES: Final[Mapping[str, str]] = {
    "deliverable": "deliverable @ana training deck by friday",
    "checkin": "checkin weekly tue 10am ops review",
    "pulse": "pulse how was the hand-over?",
    "gaps": "gaps",
}


def help_page(verbs: Sequence[Verb] = VERBS, *, is_direct: bool = False) -> Drawn:
    """Every verb with its command, drawn from the one table of them.

    Args:
        is_direct: Said in direct messages, where the bare words are enough.
    """
    lines = [
        f"• `{verb.word if is_direct and not verb.by_mention else verb.command}`: {verb.does}"
        for verb in verbs
    ]
    text = "*What you can ask for*\n" + "\n".join(lines)
    if is_direct:
        here = "Write the words here as they stand, or mention me in a channel."
        return Drawn(text=f"{text}\n{here}", blocks=(section(text), context(here)))
    ways = (
        "The same words work after a mention of me. People of the other company have no commands:"
        " the buttons and a mention do the same for them. Slack runs no commands in threads:"
        " mention me there."
    )
    return Drawn(text=f"{text}\n{ways}", blocks=(section(text), context(ways)))


def unknown_words(
    typed: str, nearest: str | None, begin: str = "/touchbase ", subject: str = ""
) -> Drawn:
    """Says what was not understood, keeps it readable, and offers the nearest word of ours.

    Args:
        begin: What stands before words that are said to us in the same place.
        subject: What the words were said about, for the example; empty: nothing in particular.
    """
    about = f"{subject} " if subject in {"checkin", "deliverable"} else ""
    guess = "" if nearest is None else f" Did you mean `{begin}{about}{nearest}`?"
    text = (
        f"I did not understand “{quoted(typed, 300)}”.{guess}"
        f" For example: `{begin}{EXAMPLES.get(subject, EXAMPLES['deliverable'])}`."
        f" `{begin}help` shows what I know."
    )
    return Drawn(text=text, blocks=(section(text),))


def typed_command(home: str, partnership_id: str, verbs: Sequence[Verb] = VERBS) -> Drawn:
    """For somebody of the other company whose command Slack did not take and posted as text."""
    text = (
        f"Commands work only inside {quoted(home, 60)}'s Slack."
        " The same, for you, below. Mentioning me works too."
    )
    shown = [verb for verb in verbs if verb.in_hub and verb.label]
    buttons = [button(verb.label or "", verb.action_id, partnership_id) for verb in shown]
    more = button("More", "hub.more", partnership_id)
    return Drawn(text=text, blocks=(section(text), actions(*buttons, more, block_id="hub")))
