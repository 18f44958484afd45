"""The first post and the forms around it: what the other company is asked before all else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from domain.partnerships import Partnership
from domain.people import Side
from domain.zones import local
from views.agreement import Agreement, begins
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    confirm,
    field,
    mention,
    modal,
    quoted,
    section,
    text_input,
)
from views.setup import name_trouble
from views.times import day_words
from views.words.zones import no_zone, read_zone

AGREE: Final = "consent.agree"
CHANGE: Final = "consent.change"
DECLINE: Final = "consent.decline"
PRIVACY: Final = "consent.privacy"
CONFIRM_FORM: Final = "consent.confirm"
CHANGE_FORM: Final = "consent.change_form"
PRIVACY_VIEW: Final = "consent.privacy_view"
NAME_SHOWN: Final = 60


def first_post_text(*, installer: str, home: str, guest: str) -> str:
    """The words of the first post.

    Args:
        installer: Slack id of the person who set Touchbase up.
        home: Name of the side whose machine it runs on.
        guest: Name of the side that is asked.
    """
    us, them = quoted(home, NAME_SHOWN), quoted(guest, NAME_SHOWN)
    return (
        f"Hello, I'm Touchbase. {mention(installer)} ({us}) invited me to keep {us}'s and {them}'s"
        f" check-ins and promises in view. I run on {us}'s server. Until a lead of {them} agrees"
        " I write to nobody there and record none of their messages."
    )


def first_post(partnership: Partnership, installer: str) -> Drawn:
    """The post that asks the other company."""
    home, guest = _names(partnership)
    text = first_post_text(installer=installer, home=home, guest=guest)
    return Drawn(text=text, blocks=(section(text), _asking_buttons(partnership)))


def agreed_post(partnership: Partnership, installer: str, agreed_at: datetime) -> Drawn:
    """The first post once both sides are in."""
    home, guest = _names(partnership)
    opening = first_post_text(installer=installer, home=home, guest=guest).partition(" Until ")[0]
    text = (
        f"{opening} {quoted(guest, NAME_SHOWN)} agreed on {_day(partnership, agreed_at)}."
        " A lead of either side can pause me at any time."
    )
    return Drawn(text=text, blocks=(section(text), actions(_privacy_button(partnership))))


def declined_post(partnership: Partnership, declined_at: datetime) -> Drawn:
    """The first post after a no: the only thing that is left of Touchbase in the channel."""
    _, guest = _names(partnership)
    shown = quoted(guest, NAME_SHOWN)
    text = (
        f"{shown} chose not to use Touchbase on {_day(partnership, declined_at)}."
        f" I stay silent here and record nothing. {shown} can still change this."
    )
    buttons = actions(_agree_button(partnership), _privacy_button(partnership), block_id="consent")
    return Drawn(text=text, blocks=(section(text), buttons))


def buttons_in_words(guest: str) -> str:
    """The buttons of the first post, for a preview in which none of them can be pressed."""
    shown = quoted(guest, NAME_SHOWN)
    return f"Buttons: Agree for {shown} · Change · Not for us · What I keep, who sees it"


def confirm_form(partnership: Partnership, agreement: Agreement) -> Block:
    """Asks a person of the other company to speak for it, as its lead."""
    _, guest = _names(partnership)
    shown = quoted(guest, NAME_SHOWN)
    text = (
        f"You agree for {shown}, as its lead. Both sides then see the check-ins and promises"
        " in this channel, and Touchbase begins to note who wrote when (never what)."
        f" You can pause it at any time. Other leads of {shown} can be named afterwards."
    )
    blocks: Blocks = [
        section(f"*I agree for {shown}, as its lead*"),
        section(text),
        section("\n".join(["*What begins then:*", *begins(agreement)])),
        actions(_privacy_button(partnership), block_id="consent"),
    ]
    return modal(CONFIRM_FORM, "Agree", blocks, submit="I agree", metadata=_metadata(partnership))


def change_form(partnership: Partnership) -> Block:
    """What the other company corrects about itself before it agrees."""
    side = partnership.side(partnership.guest_side)
    blocks: Blocks = [
        section("What should be different about your side? Nothing else changes."),
        field("name", "Name of your side", text_input(initial=side.name, most=300)),
        field(
            "zone",
            "Time zone of your side",
            text_input(initial=side.calendar.zone, most=60),
            hint="A city or a zone name, for example: Manila.",
        ),
    ]
    return modal(CHANGE_FORM, "Change", blocks, submit="Change", metadata=_metadata(partnership))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRead:
    """The correction read back. ``zone`` None: a sentence under each field needs a change."""

    name: str
    zone: str | None
    errors: Mapping[str, str]


def read_change(values: Mapping[str, object]) -> ChangeRead:
    name, zone = (str(values.get(key) or "").strip() for key in ("name", "zone"))
    found = read_zone(zone)
    errors = {"name": name_trouble(name), "zone": "" if found else no_zone(zone)}
    errors = {field_name: text for field_name, text in errors.items() if text}
    return ChangeRead(name=name, zone=None if errors else found, errors=errors)


def privacy_view(partnership: Partnership, agreement: Agreement | None = None) -> Block:
    """What is kept and who sees it, in the words of the documentation.

    Args:
        agreement: What begins once the other side agrees; None: it has agreed.
    """
    home, guest = (quoted(name, NAME_SHOWN) for name in _names(partnership))
    kept = (
        "*What I keep.* What you type into my own forms and commands: deliverables, check-ins,"
        " agenda points, days away (without a reason). Who did which of these, and when."
        " Names and Slack ids of the people in this channel."
        " After both sides agreed: who wrote when, in which thread, and whether an answer is due."
    )
    not_kept = (
        "*What I never keep.* What you write to each other. Files. Any figure about a single"
        " person. Survey answers can't be traced to anybody once a survey is closed."
    )
    seen = (
        f"*Who sees it.* What is said in this channel, both sides. What concerns {home} alone,"
        f" only {home}; the same for {guest}. Whoever runs the machine can read its database:"
        f" it is {home}'s."
    )
    say = (
        "*Your say.* Either side's lead can pause me at once. Everybody can stop my messages"
        " to them at once, and nobody is told."
    )
    parts = [kept, not_kept, seen, say]
    if agreement is not None:
        parts.append("\n".join([f"*What begins once {guest} agrees:*", *begins(agreement)]))
    blocks = [section(part) for part in parts]
    return modal(PRIVACY_VIEW, "What I keep", blocks)


def _asking_buttons(partnership: Partnership) -> Block:
    _, guest = _names(partnership)
    decline = button(
        "Not for us",
        DECLINE,
        partnership.id,
        confirm=confirm(
            "Not for us",
            f"Touchbase stays silent in this channel. {quoted(guest, NAME_SHOWN)} can change"
            " this later.",
            "Not for us",
        ),
    )
    change = button("Change", CHANGE, partnership.id)
    return actions(
        _agree_button(partnership),
        change,
        decline,
        _privacy_button(partnership),
        block_id="consent",
    )


def _agree_button(partnership: Partnership) -> Block:
    _, guest = _names(partnership)
    return button(f"Agree for {guest}", AGREE, partnership.id, style="primary")


def _privacy_button(partnership: Partnership) -> Block:
    return button("What I keep, who sees it", PRIVACY, partnership.id)


def _names(partnership: Partnership) -> tuple[str, str]:
    guest: Side = partnership.guest_side
    return partnership.side(partnership.home_side).name, partnership.side(guest).name


def _day(partnership: Partnership, moment: datetime) -> str:
    """On the clock of the side that answered."""
    zone = partnership.side(partnership.guest_side).calendar.zone
    return day_words(local(moment, zone).date())


def _metadata(partnership: Partnership) -> str:
    named: dict[str, Any] = {"partnership": partnership.id, "channel": partnership.channel}
    return json.dumps(named)
