"""The forms of set-up that ask, and what was answered; what follows from it is not drawn here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from difflib import get_close_matches
from typing import Final, cast

from domain.partnerships import Partnership, Template
from domain.people import SIDES, Side
from domain.presets import AT_SET_UP, WEEKLY, PresetCode, known_kinds
from domain.setups import NAME_MOST, Draft, LeadTrouble
from domain.templates import TEMPLATES
from views import presets, templates
from views.answered import many_in
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    field,
    mention,
    modal,
    option,
    quoted,
    section,
    select,
    text_input,
)
from views.words.clocks import places_on
from views.words.verbs import Setup
from views.words.zones import no_zone, read_zone

FORM: Final = "setup.form"
OPEN: Final = "setup.open"
CORRECTION: Final = "setup.correction"
_TYPED_MOST: Final = 300
_NOT_TOLD: Final = (
    "Slack has not told me your time zone yet. Please send this again in a moment, or name a city"
    " here."
)

LEAD_TROUBLES: Final[Mapping[LeadTrouble, str]] = {
    "home": "is of your own company.",
    "guest": "is a guest in your workspace, and people of the other company are here themselves.",
    "bot": "is an app, not a person.",
    "gone": "is not active in Slack any more.",
    "third": "is of a company that is not in this channel.",
    "absent": "is not in this channel.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the form is filled in with; None: not known, the field stays empty or open.

    ``unread``: typed words that nobody understood.
    """

    client: str | None = None
    vendor: str | None = None
    home_side: Side | None = None
    zone: str | None = None
    their_zone: str | None = None
    template: Template | None = None
    other_lead: str | None = None
    check_ins: tuple[PresetCode, ...] | None = None
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRead:
    """A form read back: either the draft, or a sentence under each field that needs a change.

    ``other_lead`` and ``guest_name``: as answered, also when other fields need a change.
    """

    draft: Draft | None = None
    other_lead: str | None = None
    guest_name: str = ""
    errors: Mapping[str, str] = dataclass_field(default_factory=dict)


def form(known: Known, channel: str, trouble: str = "") -> Block:
    """The one screen of questions.

    Args:
        trouble: What was wrong with the answers with which it is filled in.
    """
    sides = [option("We are the client", "client"), option("We are the vendor", "vendor")]
    template = known.template or "call_center"
    kinds = AT_SET_UP[template] if known.check_ins is None else known.check_ins
    blocks: Blocks = [
        section("Nothing is posted before you have seen it and pressed *Post*."),
        *([section(trouble)] if trouble else []),
        *_not_understood(known.unread),
        _name_field("client", known.client, "Acme Retail"),
        _name_field("vendor", known.vendor, "Globalcall"),
        field("home_side", "We are", select(sides, known.home_side or "client", "radio_buttons")),
        field(
            "other_lead",
            "A lead of the other side",
            _user_select(known.other_lead),
            hint="Somebody of their company, not of yours, who is in this channel. Left open:"
            " whoever of them agrees first becomes one.",
            optional=True,
        ),
        _own_zone_field(known.zone),
        _zone_field("their_zone", "Their time zone", known.their_zone, "Manila"),
        field("template", "What is it", select(_template_options(), template)),
        field(
            "check_ins",
            "Check-ins to begin with",
            presets.choices(kinds),
            hint="The weekly one begins when they agree; each other one is proposed to their lead"
            " by itself. If you leave them, they follow what it is.",
            optional=True,
        ),
    ]
    metadata = json.dumps({"channel": channel, "template": template})
    return modal(FORM, "Set up Touchbase", blocks, submit="Preview", metadata=metadata)


def correction(draft: Draft, metadata: Mapping[str, str]) -> Block:
    """What was answered at set-up, to be corrected before the other side has agreed."""
    blocks: Blocks = [
        section("You can change this until the other side has agreed. The first post follows."),
        _name_field("client", draft.client, "Acme Retail"),
        _name_field("vendor", draft.vendor, "Globalcall"),
        field(
            "other_lead",
            "A lead of the other side",
            _user_select(draft.other_lead),
            hint="Left open: whoever of them agrees first becomes one.",
            optional=True,
        ),
        _zone_field("zone", "Our time zone", draft.zone, "New York"),
        _zone_field("their_zone", "Their time zone", draft.their_zone, "Manila"),
    ]
    carried = {"home_side": draft.home_side, "template": draft.template, **metadata}
    return modal(CORRECTION, "Change", blocks, submit="Save", metadata=json.dumps(carried))


def read_first_form(
    values: Mapping[str, object], own_zone: str | None, drawn_for: str = ""
) -> FormRead:
    """What was answered on the one screen.

    Args:
        drawn_for: The template with which the form was drawn: check-ins that were left as they
            were drawn for it are those of the template that was chosen.
        own_zone: As Slack tells of the writer, which holds where no zone of ours was typed; None:
            Slack has not told.
    """
    read = read_form(_with_kinds(values, drawn_for), own_zone)
    if "zone" not in read.errors or _text(values, "zone"):
        return read
    return replace(read, errors={**read.errors, "zone": _NOT_TOLD})


def read_form(values: Mapping[str, object], own_zone: str | None = None) -> FormRead:
    """The same of a form in which every field asks for an answer."""
    names = {side: _text(values, side) for side in SIDES}
    zones = {name: read_zone(_text(values, name)) for name in ("zone", "their_zone")}
    if not _text(values, "zone"):
        zones["zone"] = own_zone
    errors: dict[str, str] = {side: name_trouble(names[side]) for side in SIDES}
    errors |= {name: "" if zone else no_zone(_text(values, name)) for name, zone in zones.items()}
    if names["vendor"] and names["client"].casefold() == names["vendor"].casefold():
        errors["vendor"] = "Both sides have the same name; please tell them apart."
    errors = {name: text for name, text in errors.items() if text}
    if errors:
        guest = names["client" if _text(values, "home_side") == "vendor" else "vendor"]
        lead = _text(values, "other_lead") or None
        return FormRead(errors=errors, other_lead=lead, guest_name=guest)
    draft = Draft(
        client=names["client"],
        vendor=names["vendor"],
        home_side=cast("Side", _text(values, "home_side")),
        zone=zones["zone"] or "",
        their_zone=zones["their_zone"] or "",
        template=cast("Template", _text(values, "template")),
        other_lead=_text(values, "other_lead") or None,
        check_ins=_kinds(values),
    )
    return FormRead(draft=draft)


def _kinds(values: Mapping[str, object]) -> tuple[PresetCode, ...]:
    """The kinds that were ticked; the weekly one where the form does not ask."""
    if "check_ins" not in values:
        return (WEEKLY,)
    return known_kinds(many_in(values, "check_ins"))


def _with_kinds(values: Mapping[str, object], drawn_for: str) -> Mapping[str, object]:
    template = _text(values, "template")
    drawn = AT_SET_UP.get(cast("Template", drawn_for))
    if drawn is None or template == drawn_for or set(_kinds(values)) != set(drawn):
        return values
    return {**values, "check_ins": AT_SET_UP[cast("Template", template)]}


def form_button(channel: str) -> Drawn:
    """Said after a mention, which cannot open a form by itself."""
    text = "Set-up takes three minutes; nothing is posted before you have seen it."
    return Drawn(text=text, blocks=(section(text), actions(button("Set up", OPEN, channel))))


def opened() -> Drawn:
    text = "I opened the form. It takes three minutes; nothing is posted before you press *Post*."
    return Drawn(text=text, blocks=(section(text),))


def lead_set_aside(partnership: Partnership, slack_id: str, trouble: LeadTrouble) -> Drawn:
    """What the installer alone is told when the lead named for the other side cannot be one."""
    side = quoted(partnership.side(partnership.guest_side).name, NAME_MOST)
    text = (
        f"{mention(slack_id)} {LEAD_TROUBLES[trouble]} So anybody of {side} can agree now, and"
        " becomes its lead. To name somebody else: `/touchbase setup`."
    )
    return Drawn(text=text, blocks=(section(text),))


def known_from(said: Setup) -> Known:
    """What was typed behind the command, as far as it was understood."""
    names = {name.casefold(): code for code, name in templates.NAMES.items()}
    typed = (said.template or "").casefold()
    close = get_close_matches(typed, names, n=1, cutoff=0.6) if typed else []
    unread = said.unread if close or not said.template else (*said.unread, said.template)
    lead = said.lead
    return Known(
        client=said.client,
        vendor=said.vendor,
        home_side=said.we_are,
        zone=said.zone,
        their_zone=said.their_zone,
        template=names[close[0]] if close else None,
        other_lead=lead.text if lead is not None and lead.kind == "user" else None,
        unread=unread,
    )


def known_of(draft: Draft) -> Known:
    """What was answered, to fill the form in again."""
    return Known(
        client=draft.client,
        vendor=draft.vendor,
        home_side=draft.home_side,
        zone=draft.zone,
        their_zone=draft.their_zone,
        template=draft.template,
        other_lead=draft.other_lead,
        check_ins=draft.check_ins,
    )


def _not_understood(unread: Sequence[str]) -> Blocks:
    if not unread:
        return []
    words = ", ".join(f"“{quoted(text, 100)}”" for text in unread[:5])
    clocks = [quoted(no_zone(text)) for text in unread[:5] if places_on(text) is not None]
    said = [f"I did not understand {words}.", *clocks, "Please check the fields below."]
    return [section(" ".join(said))]


def name_trouble(name: str) -> str:
    """What is wrong with the name of a side; empty when nothing is."""
    if not name:
        return "A name, please."
    if len(name) > NAME_MOST:
        return f"At most {NAME_MOST} letters, please; this name has {len(name)}."
    return ""


def _name_field(name: Side, initial: str | None, example: str) -> Block:
    # Longer than a name may be, so that one that is too long is said and not cut.
    shown = text_input(initial=initial or "", most=_TYPED_MOST)
    return field(name, f"Name of the {name}", shown, hint=f"For example: {example}.")


def _zone_field(name: str, label: str, initial: str | None, example: str) -> Block:
    shown = text_input(initial=initial or "", most=60)
    return field(name, label, shown, hint=f"A city or a zone name, for example: {example}.")


def _own_zone_field(initial: str | None) -> Block:
    """Ours, which need not be typed: Slack may tell it while the form is open."""
    hint = "A city or a zone name, for example: New York. Left open: as in your Slack profile."
    shown = text_input(initial=initial or "", most=60)
    return field("zone", "Our time zone", shown, hint=hint, optional=True)


def _user_select(initial: str | None) -> Block:
    chooser: Block = {"type": "users_select", "action_id": "value"}
    return chooser if initial is None else chooser | {"initial_user": initial}


def _template_options() -> list[Block]:
    return [option(templates.NAMES[name], name) for name in TEMPLATES]


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""
