"""The last page of set-up: exactly what will be posted, who sees what, and what begins later."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, cast

from domain.partnerships import Template
from domain.people import Side, other_side
from domain.presets import WEEKLY, known_kinds
from domain.setups import NAME_MOST, Beginning, Draft
from domain.templates import STARTS
from views import consent
from views.agreement import Agreement, Further, begins
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    divider,
    field,
    mention,
    modal,
    option,
    quoted,
    section,
    select,
)
from views.lessons import Earlier, at_set_up

PREVIEW: Final = "setup.preview"
POST: Final = "setup.post"
CHANGE: Final = "setup.change"
BACK: Final = "setup.back"

_BEGINNINGS: Final[Mapping[Beginning, str]] = {
    "post": "Post it in the channel now",
    "look": "Show me first; Post then posts nothing yet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the last page shows.

    Attributes:
        hub: The hub exactly as it will stand.
        check_in_at: The first check-in that the template begins with.
        is_guest_lead: The lead named for the other side is a guest in the home workspace.
        outside: The sides for which it falls outside their hours, or on a day off.
        further: The check-ins that are proposed by themselves.
        learned: In earlier partnerships, as far as the installer may read it.
    """

    draft: Draft
    channel: str
    installer: str
    hub: Drawn
    check_in_at: datetime
    is_guest_lead: bool = False
    outside: tuple[Side, ...] = ()
    further: tuple[Further, ...] = ()
    learned: tuple[Earlier, ...] = ()


def preview(shown: Preview) -> Block:
    """The last page: the exact first post, the hub, who sees what, and what begins afterwards."""
    draft = shown.draft
    home, guest = draft.name(draft.home_side), draft.name(other_side(draft.home_side))
    first = consent.first_post_text(installer=shown.installer, home=home, guest=guest)
    choices = [option(text, value) for value, text in _BEGINNINGS.items()]
    blocks: Blocks = [
        context("*The first post*, exactly as both sides will read it:"),
        section(first),
        context(consent.buttons_in_words(guest)),
        divider(),
        section(_who_agrees(shown, guest)),
        context("*The hub*, pinned below it:"),
        *_words_only(shown.hub),
        divider(),
        section("\n".join(_afterwards(shown, guest))),
        *at_set_up(shown.learned),
        actions(button("Change the answers", BACK, "back")),
        field("start", "Now", select(choices, "post", "radio_buttons")),
    ]
    kinds = {"check_ins": ",".join(draft.check_ins)}
    metadata = json.dumps({"channel": shown.channel} | asdict(draft) | kinds)
    return modal(PREVIEW, "Exactly this", blocks, submit="Post", metadata=metadata)


def read_draft(metadata: Mapping[str, str]) -> Draft:
    """The draft that the last page carries with it."""
    lead = metadata.get("other_lead")
    return Draft(
        client=metadata["client"],
        vendor=metadata["vendor"],
        home_side=cast("Side", metadata["home_side"]),
        zone=metadata["zone"],
        their_zone=metadata["their_zone"],
        template=cast("Template", metadata["template"]),
        other_lead=lead if lead and lead != "None" else None,
        check_ins=known_kinds(metadata.get("check_ins", WEEKLY).split(",")),
    )


def read_beginning(values: Mapping[str, object]) -> Beginning:
    return "look" if values.get("start") == "look" else "post"


def would_have_said(first: Drawn, partnership_id: str) -> Drawn:
    """What the installer alone sees while looking."""
    text = "Only you see this. In the channel I would have said:"
    note = "Nobody else hears of me before you press *Post it now*."
    return Drawn(
        text=f"{text} {first.text} {note}",
        blocks=(
            section(text),
            section(f">{first.text}"),
            section(note),
            actions(
                button("Post it now", POST, partnership_id, style="primary"),
                button("Change", CHANGE, partnership_id),
            ),
        ),
    )


def posted() -> Drawn:
    """In the place of what the installer alone saw, once it is posted."""
    text = "Posted in the channel: both sides read the first post and the hub now."
    return Drawn(text=text, blocks=(section(text),))


def _afterwards(shown: Preview, guest: str) -> list[str]:
    """Everything that was not asked, one sentence each."""
    draft, them = shown.draft, quoted(guest, NAME_MOST)
    return [
        f"*Only when a lead of {them} has agreed:*",
        *begins(
            Agreement(
                template=draft.template,
                zones=(draft.zone, draft.their_zone),
                check_in_at=shown.check_in_at,
                reply_time=STARTS[draft.template].reply_time,
                outside=[draft.name(side) for side in shown.outside],
                has_weekly=WEEKLY in draft.check_ins,
                further=shown.further,
            )
        ),
        "*Who sees what:* posts in this channel, both sides; a person's own list, that person;"
        " what concerns one side alone, that side.",
        "*Until then:* nobody of the other side is written to, none of their messages is noted.",
    ]


def _who_agrees(shown: Preview, guest: str) -> str:
    them, lead = quoted(guest, NAME_MOST), shown.draft.other_lead
    if lead is None:
        return f"*Who agrees for {them}:* whoever of them presses it first, and becomes its lead."
    what = ", a guest in your workspace" if shown.is_guest_lead else ""
    return f"*Who agrees for {them}:* {mention(lead)}{what}, as its lead."


def _words_only(drawn: Drawn) -> list[Block]:
    return [dict(block) for block in drawn.blocks if block["type"] in {"section", "context"}]
