"""The forms in which a check-in is planned or gets another rhythm, filled in for their readers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from data import partnerships
from data.ids import new_id
from domain.cadences import Cadence, UnknownCadence, coming_turns
from domain.partnerships import NoPartnershipHere, Partnership
from services import proposals
from services.actors import Actor, Who, actor_in
from services.checkin_turns import (
    actor_of_cadence,
    planned_here,
)
from services.checkins import require_company
from services.deps import Deps
from services.writers import writer
from views import (
    checkin_asks,
    checkin_drafts,
    checkin_filled,
    checkin_forms,
    checkin_hours,
    presets,
)
from views import proposals as proposal_views
from views.blocks import Block, context, section
from views.checkin_answers import Opened
from views.checkin_drafts import Draft
from views.checkin_filled import Filled
from views.checkin_rhythms import write_rhythm
from views.checkin_values import SpoiledValue

_NO_SETTINGS: Final[Mapping[str, str | int | bool]] = {}
_NEW: Final = "New check-in"
_ANOTHER: Final = "Another time"


def form_of(deps: Deps, who: Who, value: str, now: datetime) -> dict[str, Any]:
    """The form behind a button, filled in with the draft or the words that the button carries.

    Raises:
        NotAllowed, NoPartnershipHere, SpoiledValue.
    """
    carried = _carried(value)
    actor = _actor_in(deps, who, str(carried.get("partnership")))
    actor.require("checkin.create")
    if "rule" in carried:
        plan = checkin_drafts.from_carried(carried).plan
        filled = checkin_filled.filled_from(plan)
        return new_form(actor.partnership, filled, now, settings=plan.settings)
    words = str(carried.get("words") or "")
    if not words:
        return new_form(actor.partnership, checkin_filled.Filled(zone=actor.zone), now)
    rhythm = replace(writer(deps, who, now), zone=actor.zone).rhythm(words)
    filled = checkin_filled.filled_from_words(rhythm, actor.zone)
    return new_form(actor.partnership, filled, now, settings=presets.named_settings(rhythm))


def preset_form_of(
    deps: Deps, who: Who, code: str, partnership_id: str, now: datetime
) -> dict[str, Any]:
    """The form of a new check-in, filled in with a kind that was chosen.

    Raises:
        NotAllowed, NoPartnershipHere; SpoiledValue: There is no such kind.
    """
    actor = _actor_in(deps, who, partnership_id)
    actor.require("checkin.create")
    plan = presets.suggested(code, actor.partnership, now)
    if plan is None:
        raise SpoiledValue
    filled = replace(checkin_filled.filled_from(plan), wants_file=False)
    opened = Opened(rhythm=filled.rhythm, settings=plan.settings)
    return checkin_forms.form(
        filled,
        checkin_forms.metadata(new_id(), actor.partnership, opened),
        above=(context(*presets.about(plan)),),
        hours=checkin_hours.hours_words(actor.partnership, now),
    )


def other_rhythm_form(
    deps: Deps, who: Who, carried: Mapping[str, str], filled: Filled, now: datetime
) -> dict[str, Any]:
    """The form that is open, drawn again as it was filled in, for another kind of rhythm.

    Args:
        carried: What the form carries.

    Raises:
        NotAllowed, NoPartnershipHere, SpoiledValue.
    """
    actor = _actor_in(deps, who, carried.get("partnership", ""))
    actor.require("checkin.create")
    settings = checkin_forms.opened_with(carried).settings
    opened = Opened(rhythm=filled.rhythm, settings=settings)
    version = int(carried.get("version") or 0)
    return checkin_forms.form(
        filled,
        checkin_forms.metadata(carried["id"], actor.partnership, opened, version=version),
        above=() if version else _above(deps, who, actor.partnership, settings, now),
        title=_ANOTHER if version else _NEW,
        hours=checkin_hours.hours_words(actor.partnership, now),
    )


def form_again(deps: Deps, who: Who, draft: Draft, now: datetime) -> dict[str, Any]:
    """From the last page back to the form, filled in with what stood on it.

    Raises:
        NotAllowed, NoPartnershipHere.
    """
    filled = checkin_filled.filled_from(draft.plan)
    carried = {
        "id": draft.id,
        "partnership": draft.partnership_id,
        "version": str(draft.version),
        "settings": checkin_drafts.write_settings(draft.plan.settings),
        "rhythm": write_rhythm(filled.rhythm),
    }
    return other_rhythm_form(deps, who, carried, filled, now)


def revision_form_of(deps: Deps, who: Who, shown: tuple[str, int], now: datetime) -> dict[str, Any]:
    """The form in which a check-in gets another rhythm, filled in with the one that it has.

    Raises:
        NotAllowed, UnknownCadence, ChangedMeanwhile.
    """
    actor, cadence = proposals.require_current(deps, who, shown)
    return _revision_form(actor, cadence, checkin_filled.filled_from(cadence.plan), (), now)


def revision_redrawn(
    deps: Deps, who: Who, cadence_id: str, filled: Filled, now: datetime
) -> dict[str, Any]:
    """The same form as it was typed, once somebody else changed the check-in meanwhile.

    Raises:
        UnknownCadence: It is gone, or has ended.
    """
    actor, cadence = actor_of_cadence(deps, who, cadence_id)
    if cadence.state != "active":
        raise UnknownCadence
    by = proposals.changed_by(deps.store.reading(), cadence)
    said = proposal_views.changed_meanwhile(actor.partnership, by, cadence)
    return _revision_form(actor, cadence, filled, (section(said),), now)


def is_outdated(deps: Deps, who: Who, cadence_id: str, version: int) -> bool:
    """Whether a form shows a check-in as it is not any more.

    Raises:
        UnknownCadence.
    """
    return actor_of_cadence(deps, who, cadence_id)[1].version != version


def preview_of(deps: Deps, who: Who, draft: Draft, now: datetime) -> dict[str, Any]:
    """The last page before a check-in is created.

    Raises:
        NotAllowed, NoPartnershipHere; UnknownCadence: The rhythm has no date to come.
    """
    actor = _actor_in(deps, who, draft.partnership_id)
    actor.require("checkin.create")
    require_company(deps.store.reading(), actor.partnership)
    if not coming_turns(draft.plan, now, 1):
        raise UnknownCadence
    return checkin_forms.preview(actor.partnership, draft, now)


def new_form(
    partnership: Partnership,
    filled: Filled,
    now: datetime,
    above: Sequence[Block] = (),
    settings: Mapping[str, str | int | bool] = _NO_SETTINGS,
) -> dict[str, Any]:
    """The form of a new check-in of any kind; ``above`` is what stands below the menu of kinds."""
    opened = Opened(rhythm=filled.rhythm, settings=settings)
    return checkin_forms.form(
        replace(filled, is_written=presets.are_written(settings)),
        checkin_forms.metadata(new_id(), partnership, opened),
        above=(presets.chooser(), *above),
        title=_NEW,
        hours=checkin_hours.hours_words(partnership, now),
    )


def _above(
    deps: Deps,
    who: Who,
    partnership: Partnership,
    settings: Mapping[str, str | int | bool],
    now: datetime,
) -> tuple[Block, ...]:
    """What the kind that was chosen is for; the menu of kinds where none was, and what there is."""
    plan = presets.suggested(str(settings.get("preset", "")), partnership, now)
    if plan is not None:
        return (context(*presets.about(plan)),)
    found = planned_here(deps, replace(who, channel=partnership.channel), now)
    return (presets.chooser(), *checkin_asks.planned(partnership, found))


def _revision_form(
    actor: Actor, cadence: Cadence, filled: Filled, above: Sequence[Block], now: datetime
) -> dict[str, Any]:
    opened = Opened(rhythm=filled.rhythm, settings=cadence.plan.settings)
    version = cadence.version
    return checkin_forms.form(
        filled,
        checkin_forms.metadata(cadence.id, actor.partnership, opened, version=version),
        above=above,
        title=_ANOTHER,
        hours=checkin_hours.hours_words(actor.partnership, now),
    )


def _carried(value: str) -> dict[str, Any]:
    try:
        carried = json.loads(value)
    except ValueError as error:
        raise SpoiledValue from error
    if not isinstance(carried, dict):
        raise SpoiledValue
    return carried


def _actor_in(deps: Deps, who: Who, partnership_id: str) -> Actor:
    found = partnerships.get(deps.store.reading(), who.team_id, partnership_id)
    if found is None:
        raise NoPartnershipHere(who.channel)
    return actor_in(deps.store, who, found)
