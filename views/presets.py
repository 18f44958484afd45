"""Kinds of check-ins in words: their names, what they are for, who is expected."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from domain.cadences import Plan
from domain.partnerships import Partnership
from domain.people import Role
from domain.presets import (
    PRESETS,
    WEEKLY,
    Preset,
    PresetCode,
    plan_of,
    preset_of,
    settings_of,
)
from domain.written import is_written, usual_questions
from views.blocks import Block, actions, option, plain, quoted, select
from views.rhythms import say_rule
from views.templates import listed
from views.times import exact_length
from views.words.rhythm import RhythmRead
from views.written_words import asked

USE: Final = "preset.use"

TITLES: Final[Mapping[PresetCode, str]] = {
    "operations_review": "Operations review",
    "service_review": "Service review",
    "business_review": "Business review",
    "coffee": "Coffee",
    "written": "Written check-in",
}
_PURPOSES: Final[Mapping[PresetCode, str]] = {
    "operations_review": "what runs, what is stuck, what comes next week",
    "service_review": "how the month went against what was agreed",
    "business_review": "where the partnership stands, and the next quarter",
    "coffee": "to get to know each other, with no agenda",
    "written": "a few questions, answered in writing by each side",
}
_OFTEN: Final[Mapping[PresetCode, str]] = {
    "operations_review": "weekly",
    "service_review": "monthly",
    "business_review": "quarterly",
    "coffee": "every two weeks",
    "written": "weekly",
}
_ALSO_CALLED: Final[Mapping[str, PresetCode]] = {
    "operations review": "operations_review",
    "service review": "service_review",
    "business review": "business_review",
    "qbr": "business_review",
    "coffee": "coffee",
    "coffee chat": "coffee",
    "virtual coffee": "coffee",
    "written check-in": "written",
    "written checkin": "written",
    "check-in in writing": "written",
}
_ROLES: Final[Mapping[Role, str]] = {
    "lead": "leads",
    "member": "members",
    "sponsor": "sponsors",
    "advisor": "advisors",
}


def chooser() -> Block:
    """The menu above the form of a new check-in; a choice opens the form filled in."""
    menu = select([_choice(preset) for preset in PRESETS.values()]) | {
        "action_id": USE,
        "placeholder": plain("What kind"),
    }
    return actions(menu, block_id="preset")


def choices(chosen: Sequence[str]) -> Block:
    """The kinds as boxes to tick, with what each is for."""
    options = [
        # How long a template's own weekly one takes is the template's to say.
        option("Weekly review", code, _for_whom(preset)) if code == WEEKLY else _choice(preset)
        for code, preset in PRESETS.items()
    ]
    element: Block = {"type": "checkboxes", "action_id": "value", "options": options}
    picked = [one for one in options if one["value"] in chosen]
    return element | {"initial_options": picked} if picked else element


def _choice(preset: Preset) -> Block:
    code = preset.code
    length = "" if code == "written" else f", {preset.minutes} minutes"
    return option(f"{TITLES[code]}, {_OFTEN[code]}{length}", code, _for_whom(preset))


def _for_whom(preset: Preset) -> str:
    roles = listed([words for role, words in _ROLES.items() if role in preset.roles])
    return f"{_PURPOSES[preset.code].capitalize()}; {roles}"


def proposal_words(plan: Plan) -> str:
    """A kind that is proposed in one sentence: "Service review, The second Wednesday ..."."""
    code = preset_of(plan)
    purpose = "" if code is None else f", {_PURPOSES[code]}"
    said = say_rule(plan.rule)
    roles = _roles_words(plan)
    return (
        f"{quoted(plan.title)}: {said[0].lower()}{said[1:]}, {takes(plan)}"
        f"{f', {roles}' if roles else ''}{purpose}"
    )


def about(plan: Plan) -> list[str]:
    """What a check-in of a known kind is for and who is expected; nothing for one of its own."""
    code = preset_of(plan)
    if code is None:
        return []
    roles = _roles_words(plan)
    expected = f" Expected: {roles} of both sides." if roles else ""
    said = [f"For: {_PURPOSES[code]}.{expected}"]
    return [*said, _how_written()] if is_written(plan) else said


def _roles_words(plan: Plan) -> str:
    said = str(plan.settings.get("roles", "")).split(",")
    return listed([words for role, words in _ROLES.items() if role in said])


def takes(plan: Plan) -> str:
    """How long it takes; what is answered in a form takes no time of its own."""
    return "in writing" if is_written(plan) else exact_length(plan.length)


def _how_written() -> str:
    return (
        f"It asks: {asked(usual_questions())} A lead changes that with *Questions*. It is open"
        " from its hour until the end of the later side's working day; then both sides read the"
        " answers, with their writers' names."
    )


def suggested(code: str, partnership: Partnership, now: datetime) -> Plan | None:
    """The check-in of a kind that was chosen; None: there is no such kind."""
    found = next((one for one in PRESETS.values() if one.code == code), None)
    return None if found is None else plan_of(found, TITLES[found.code], partnership, now)


def meant(rhythm: RhythmRead) -> Preset | None:
    """The kind that typed words name; None: none, or the words give it another frequency."""
    code = _named(rhythm.title)
    found = None if code is None else PRESETS.get(code)
    if found is None or rhythm.question not in {None, "day"}:
        return None
    if rhythm.rule is None and rhythm.heard and _OFTEN[found.code] not in rhythm.heard.casefold():
        return None
    return found


def _named(title: str | None) -> PresetCode | None:
    """The kind that a title names, also as in "weekly written check-in"."""
    words = (title or "").casefold()
    often, _, rest = words.partition(" ")
    code = _ALSO_CALLED.get(rest)
    return code if code is not None and _OFTEN[code] == often else _ALSO_CALLED.get(words)


def named_settings(rhythm: RhythmRead) -> dict[str, str | int | bool]:
    """What a check-in of the kind that typed words name keeps, whatever else is open."""
    code = _named(rhythm.title)
    return {} if code is None else settings_of(PRESETS[code])


def are_written(settings: Mapping[str, str | int | bool]) -> bool:
    """Whether nobody meets, by what a form carries."""
    return settings.get("preset") == "written"


def completed(
    rhythm: RhythmRead, plan: Plan | None, partnership: Partnership, now: datetime
) -> Plan | None:
    """The plan of what was typed, with what its kind adds where nothing was said.

    Args:
        plan: What was typed in full; None: its rhythm is open.

    Returns:
        None: it is still open.
    """
    preset = meant(rhythm)
    if preset is None:
        return plan
    usual = plan_of(preset, TITLES[preset.code], partnership, now)
    if plan is None:
        settings = {**usual.settings, **ending_of(rhythm)}
        usual = replace(usual, length=rhythm.length or usual.length, settings=settings)
        if rhythm.start is None:
            return usual
        day = rhythm.starts_on or usual.local_start.date()
        start = datetime.combine(day, rhythm.start)
        return replace(usual, rule=preset.rule, local_start=start, zone=rhythm.zone)
    return replace(
        plan,
        title=usual.title,
        length=plan.length if rhythm.length is not None else usual.length,
        settings={**plan.settings, **settings_of(preset)},
    )


def ending_of(rhythm: RhythmRead) -> dict[str, str | int | bool]:
    """What a check-in keeps of the last day that was named."""
    return {} if rhythm.ends_on is None else {"until": rhythm.ends_on.isoformat()}
