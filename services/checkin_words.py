"""What Touchbase answers to words and buttons that ask for a check-in's form, list or change."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from data import partnerships
from data.ids import new_id
from domain import zones
from domain.cadences import Cadence, UnknownCadence, coming_turns
from domain.checkin_moves import Ahead, Change, NoSuchCheckIn, other_form_of
from domain.partnerships import NoPartnershipHere, Partnership
from domain.people import other_side
from services import proposals
from services.actors import Actor, Who, actor_in
from services.checkin_turns import (
    Meant,
    actor_of_cadence,
    ahead_of,
    current_ahead,
    following_at,
    meant_here,
    seen,
)
from services.checkins import actor_of_turn, actor_seen, check_in_in, require_company
from services.deps import Deps
from services.writers import writer
from views import (
    checkin_answers,
    checkin_asks,
    checkin_drafts,
    checkin_filled,
    checkin_forms,
    checkin_hours,
    checkin_turn_forms,
    presets,
)
from views import proposals as proposal_views
from views.blocks import Block, Drawn, context, section
from views.checkin_answers import Opened
from views.checkin_drafts import Draft
from views.checkin_filled import Filled
from views.checkin_rhythms import write_rhythm
from views.checkin_values import SpoiledValue
from views.words.due import DueRead
from views.words.rhythm import RhythmRead
from views.words.verbs import CancelCheckin, MoveCheckin, SkipCheckin

_ANY = Meant(words="")
_NO_SETTINGS: Final[Mapping[str, str | int | bool]] = {}
_WEEK: Final = timedelta(days=7)
_NEW: Final = "New check-in"
_ANOTHER: Final = "Another time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer, and the form that can open instead. ``form`` None: the answer says it all."""

    drawn: Drawn
    form: dict[str, Any] | None = None


def open_here(deps: Deps, who: Who, now: datetime) -> Said:
    """The form for leads; for others the list of what is planned."""
    actor = actor_seen(deps, who)
    found = _planned(deps, who, now)
    if not actor.standings.lead:
        return Said(drawn=checkin_asks.listed(actor.partnership, found, may_create=False))
    drawn = checkin_asks.listed(actor.partnership, found, may_create=True)
    above = checkin_asks.planned(actor.partnership, found)
    filled = checkin_filled.Filled(zone=actor.zone)
    return Said(drawn=drawn, form=_form(actor.partnership, filled, now, above))


def list_here(deps: Deps, who: Who, now: datetime) -> Drawn:
    actor = actor_seen(deps, who)
    found = _planned(deps, who, now)
    return checkin_asks.listed(actor.partnership, found, may_create=actor.standings.lead)


def new_here(deps: Deps, who: Who, rhythm: RhythmRead, words: str, now: datetime) -> Said:
    """The rhythm said back with *Create*; what is still open is asked in the form.

    Raises:
        NotAllowed; UnknownCadence: The rhythm has no date to come.
    """
    actor = actor_seen(deps, who)
    actor.require("checkin.create")
    plan = presets.completed(rhythm, checkin_drafts.plan_of(rhythm, now), actor.partnership, now)
    if plan is not None:
        require_company(deps.store.reading(), actor.partnership)
        if not coming_turns(plan, now, 1):
            raise UnknownCadence
        draft = Draft(id=new_id(), partnership_id=actor.partnership.id, plan=plan)
        said = rhythm.start is not None
        return Said(drawn=checkin_drafts.echo(actor.partnership, draft, now, time_was_said=said))
    question = checkin_answers.question_words(rhythm)
    drawn = checkin_asks.asked_for_more(actor.partnership, question, words)
    filled = checkin_filled.filled_from_words(rhythm, actor.zone)
    above, settings = (context(question),), presets.named_settings(rhythm)
    return Said(drawn=drawn, form=_form(actor.partnership, filled, now, above, settings))


def move_here(deps: Deps, who: Who, verb: MoveCheckin, now: datetime) -> Drawn:
    """Which check-in moves to when, in both zones, with the buttons that do it.

    Raises:
        NotAllowed, NoSuchCheckIn, InThePast; NoNewTime: None was understood.
    """
    actor, found = meant_here(deps, who, Meant(words=verb.words), now)
    actor.require("checkin.move")
    moves = [
        (ahead, to_at)
        for ahead in found
        for to_at in _starts_meant(deps, actor, ahead, verb.due, now)
    ]
    return checkin_asks.ask_move(actor.partnership, moves, verb.reason, now)


def skip_here(deps: Deps, who: Who, verb: SkipCheckin | CancelCheckin, now: datetime) -> Drawn:
    """Which check-in is skipped or ended, with the buttons that do it.

    Raises:
        NotAllowed, NoSuchCheckIn.
    """
    meant = Meant(words=verb.words, from_on=verb.from_on, until_on=verb.until_on or verb.from_on)
    actor, found = meant_here(deps, who, meant, now)
    ending = isinstance(verb, CancelCheckin)
    actor.require("checkin.cancel" if ending else "checkin.skip")
    return checkin_asks.ask_skip(actor.partnership, found, verb.reason, ending=ending)


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
        return _form(actor.partnership, filled, now, settings=plan.settings)
    words = str(carried.get("words") or "")
    if not words:
        return _form(actor.partnership, checkin_filled.Filled(zone=actor.zone), now)
    rhythm = replace(writer(deps, who, now), zone=actor.zone).rhythm(words)
    filled = checkin_filled.filled_from_words(rhythm, actor.zone)
    return _form(actor.partnership, filled, now, settings=presets.named_settings(rhythm))


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


def point_form_of(deps: Deps, who: Who, turn_id: str, words: str = "") -> dict[str, Any]:
    """The form of a point, filled in with some words.

    Raises:
        NotAllowed, UnknownOccurrence.
    """
    actor, turn = actor_of_turn(deps, who, turn_id)
    actor.require("checkin.agenda")
    check_in = check_in_in(deps.store.reading(), turn)
    metadata = json.dumps({"turn": turn.id, "id": new_id(), "channel": actor.partnership.channel})
    return checkin_turn_forms.point_form(check_in, metadata, words)


def change_form_of(deps: Deps, who: Who, change: Change) -> dict[str, Any]:
    """Raises NotAllowed, UnknownCadence."""
    actor, ahead = ahead_of(deps, who, change.cadence_id, change.original)
    actor.require("checkin.move")
    return checkin_turn_forms.change_form(actor.partnership, ahead, change, seen=seen(ahead))


def change_redrawn(
    deps: Deps, who: Who, change: Change, shown: str, now: datetime
) -> dict[str, Any] | None:
    """The same form as it was filled in, once somebody changed the check-in while it was open.

    Args:
        shown: What the form showed of it.

    Returns:
        None while all is as it was shown, or is as it was asked for by now.

    Raises:
        UnknownCadence: No turn is to come.
    """
    actor, ahead = ahead_of(deps, who, change.cadence_id, change.original)
    if not shown or seen(ahead) == shown or ahead.starts_at == change.to_at:
        return None
    now_so = current_ahead(deps, who, change, now)
    again = replace(change, original=now_so.original, following=None)
    return checkin_turn_forms.change_form(
        actor.partnership, now_so, again, seen=seen(now_so), changed=True
    )


def change_of_turn(deps: Deps, who: Who, turn_id: str) -> Change:
    """The change form's starting point for a turn that a button names.

    Raises:
        UnknownOccurrence.
    """
    _, turn = actor_of_turn(deps, who, turn_id)
    return Change(what="move", cadence_id=turn.cadence_id, original=turn.original)


def change_asked(
    deps: Deps, who: Who, change: Change, asked: checkin_turn_forms.Asked, now: datetime
) -> Change:
    """The change that the form asks for.

    Raises:
        UnknownCadence; InThePast, NoNewTime: Its time cannot be.
    """
    to_at, following = None, None
    if asked.what in {"move", "move_all"}:
        actor, ahead = ahead_of(deps, who, change.cadence_id, change.original)
        due = replace(writer(deps, who, now), zone=actor.zone).due(asked.when)
        to_at = _start_meant(actor, ahead, due, now)
        if asked.other_form:
            following = other_form_of(ahead.cadence.plan, change.original, to_at)
    return Change(
        what=asked.what,
        cadence_id=change.cadence_id,
        original=change.original,
        to_at=to_at,
        reason=asked.reason,
        following=following,
    )


def _planned(deps: Deps, who: Who, now: datetime) -> list[Ahead]:
    try:
        return meant_here(deps, who, _ANY, now)[1]
    except NoSuchCheckIn:
        return []


def _start_meant(actor: Actor, ahead: Ahead, due: DueRead, now: datetime) -> datetime:
    partnership = actor.partnership
    own = actor.listed.side or partnership.home_side
    theirs = partnership.side(other_side(own)).calendar.zone
    return checkin_asks.start_meant(ahead, due, actor.zone, theirs, now)


def _starts_meant(
    deps: Deps, actor: Actor, ahead: Ahead, due: DueRead, now: datetime
) -> list[datetime]:
    """The new start; of a weekday without a date also a week later, where no other turn is by then.

    Raises:
        NoNewTime, InThePast.
    """
    first = _start_meant(actor, ahead, due, now)
    if not due.is_weekday:
        return [first]
    zone = ahead.cadence.plan.zone
    second = zones.to_utc(zones.local(first, zone) + _WEEK, zone)
    following = following_at(deps, actor, ahead, now)
    is_free = following is None or second < following
    return [first, second] if is_free and first < ahead.starts_at + _WEEK else [first]


def _form(
    partnership: Partnership,
    filled: Filled,
    now: datetime,
    above: Sequence[Block] = (),
    settings: Mapping[str, str | int | bool] = _NO_SETTINGS,
) -> dict[str, Any]:
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
    found = _planned(deps, replace(who, channel=partnership.channel), now)
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
