"""Leads say what each side brings to a check-in; both sides are told, and can take it back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from data import Database, cadences, inputs, journal, outbox, people
from data.ids import new_id
from domain.agenda import has_agenda
from domain.cadences import Cadence, UnknownCadence
from domain.inputs import (
    INPUTS_MOST,
    Input,
    InputForm,
    NobodyBringsIt,
    NotOfThatSide,
    TooManyInputs,
    UnknownInput,
    checked_form,
    require_undoable,
)
from domain.partnerships import Partnership
from services import boards
from services.actors import Actor, Who, actor_here
from services.checkins import side_of
from services.deps import Deps
from services.input_turns import owner_of
from services.replies import reply
from services.setups import actor_of
from views import inputs as views
from views.blocks import Block


def list_here(deps: Deps, who: Who) -> Block:
    """What is brought to the check-ins of the channel's partnership.

    Raises:
        NoPartnershipHere, NotListed.
    """
    return _drawn_list(deps, actor_here(deps.store, who))


def list_of(deps: Deps, who: Who, partnership_id: str) -> Block:
    """The same for the partnership that a button names.

    Raises:
        NoPartnershipHere, NotListed.
    """
    return _drawn_list(deps, actor_of(deps, who, partnership_id))


def form_of(deps: Deps, who: Who, value: str) -> Block:
    """The form of a new input of a check-in, or of an input as it is.

    Args:
        value: The partnership's id and the id of the check-in or the input.

    Raises:
        NoPartnershipHere, NotAllowed, UnknownInput, UnknownCadence.
    """
    partnership_id, _, named = value.partition("|")
    actor = _lead(deps, who, partnership_id)
    db = deps.store.reading()
    known = inputs.get(db, who.team_id, named)
    cadence = _cadence(db, actor.partnership, known.cadence_id if known is not None else named)
    if known is not None and known.retired_at is not None:
        raise UnknownInput
    person = people.get(db, who.team_id, known.owner_id) if known and known.owner_id else None
    owner = None if person is None else person.slack_id
    return views.form(actor.partnership, cadence, known, owner=owner, new_id=new_id())


def save(
    deps: Deps, who: Who, carried: Mapping[str, str], form: InputForm, now: datetime
) -> dict[str, Any]:
    """Add an input, or put another in the place of one; a form sent twice does it once.

    Args:
        carried: The ids of partnership, check-in, the new input, and the old one or nothing.

    Returns:
        The list as it is then.

    Raises:
        NoPartnershipHere, NotAllowed, UnknownCadence, UnknownInput, NamelessInput, NoSuchNotice,
        NotOfThatSide, NobodyBringsIt, TooManyInputs.
    """
    actor = _lead(deps, who, carried["partnership"])
    asked = checked_form(form)
    with deps.store.writing(actor.partnership.id) as db:
        cadence = _cadence(db, actor.partnership, carried["cadence"])
        new = _asked(db, actor, cadence, (carried["id"], asked), now)
        old = inputs.get(db, who.team_id, carried.get("old", ""))
        if old is None and len(inputs.of_partnership(db, actor.partnership)) >= INPUTS_MOST:
            raise TooManyInputs
        if inputs.get(db, who.team_id, new.id) is None:
            _replace(db, actor, cadence, (old, new), now)
    return _drawn_list(deps, actor)


def retire(deps: Deps, who: Who, value: str, now: datetime) -> Block:
    """Take an input off; a second press changes nothing.

    Returns:
        The list as it is then.

    Raises:
        NoPartnershipHere, NotAllowed, UnknownInput, UnknownCadence.
    """
    partnership_id, _, input_id = value.partition("|")
    actor = _lead(deps, who, partnership_id)
    with deps.store.writing(partnership_id) as db:
        old = inputs.get(db, who.team_id, input_id)
        if old is None:
            raise UnknownInput
        cadence = _cadence(db, actor.partnership, old.cadence_id)
        if old.retired_at is None:
            _replace(db, actor, cadence, (old, None), now)
    return _drawn_list(deps, actor)


def undo(deps: Deps, who: Who, value: str, now: datetime) -> None:
    """Take a change back, within a day.

    Args:
        value: The partnership's id, the old input's and the new one's, each or ``-``.

    Raises:
        NoPartnershipHere, NotAllowed, UnknownCadence, UnknownInput, InputChangedSince,
        InputChangedLongAgo.
    """
    partnership_id, old_id, new_input_id = views.read_undo(value)
    actor = _lead(deps, who, partnership_id)
    with deps.store.writing(partnership_id) as db:
        old, new = (inputs.get(db, who.team_id, one) for one in (old_id, new_input_id))
        named = old or new
        if named is None:
            raise UnknownInput
        cadence = _cadence(db, actor.partnership, named.cadence_id)
        require_undoable(new, old, now)
        if new is not None:
            inputs.retire(db, who.team_id, new.id, now)
        if old is not None:
            inputs.retire(db, who.team_id, old.id, None)
            _keep_delivered(db, who.team_id, new, old)
        _note(db, actor, "input_undone", named, now)
        shown = views.undone(actor.partnership, cadence, side_of(actor)).payload
        key = _key(old, new)
        outbox.redraw(db, who.team_id, partnership_id, key, shown, now=now)
        boards.redraw_soon(db, actor.partnership, now)


def _lead(deps: Deps, who: Who, partnership_id: str) -> Actor:
    actor = actor_of(deps, who, partnership_id)
    actor.require("input.change")
    return actor


def _drawn_list(deps: Deps, actor: Actor) -> Block:
    actor.require("input.read")
    db, partnership = deps.store.reading(), actor.partnership
    every = inputs.of_partnership(db, partnership)
    planned = [
        views.Planned(
            cadence=cadence,
            inputs=tuple(
                (one, owner_of(db, partnership, one))
                for one in every
                if one.cadence_id == cadence.id
            ),
        )
        for cadence in cadences.of_partnership(db, partnership, "checkin")
        if has_agenda(cadence.plan)
    ]
    return views.input_list(partnership, planned, is_lead=actor.standings.lead)


def _cadence(db: Database, partnership: Partnership, cadence_id: str) -> Cadence:
    found = cadences.get(db, partnership.team_id, cadence_id)
    if found is None or found.partnership_id != partnership.id or found.kind != "checkin":
        raise UnknownCadence
    return found


def _asked(
    db: Database, actor: Actor, cadence: Cadence, asked: tuple[str, InputForm], now: datetime
) -> Input:
    """The input that a form asks for."""
    partnership, (input_id, form) = actor.partnership, asked
    one = Input(
        id=input_id,
        cadence_id=cadence.id,
        side=form.side,
        words=form.words,
        working_days_before=form.working_days_before,
        owner_id=_chosen(db, partnership, form),
        made_by=actor.person.id,
        made_side=side_of(actor),
        made_at=now,
    )
    if owner_of(db, partnership, one) is None:
        raise NobodyBringsIt(partnership.side(form.side).name)
    return one


def _chosen(db: Database, partnership: Partnership, form: InputForm) -> str | None:
    if form.owner is None:
        return None
    found = people.member_of_user(db, partnership, form.owner)
    if found is None or not found.takes_part or found.side != form.side:
        raise NotOfThatSide(partnership.side(form.side).name)
    return found.person.id


def _replace(
    db: Database,
    actor: Actor,
    cadence: Cadence,
    change: tuple[Input | None, Input | None],
    now: datetime,
) -> None:
    old, new = change
    partnership = actor.partnership
    if new is not None:
        inputs.add(db, partnership, new)
    if old is not None:
        inputs.retire(db, partnership.team_id, old.id, now)
        _keep_delivered(db, partnership.team_id, old, new)
    named = new or old
    assert named is not None  # one of both there is
    _note(db, actor, "input_changed" if new else "input_taken_off", named, now)
    drawn = views.told(partnership, cadence, change, side_of(actor))
    reply(db, partnership, _key(old, new), drawn, now, asker=actor.person.id)
    boards.redraw_soon(db, partnership, now)


def _keep_delivered(db: Database, team_id: str, old: Input | None, new: Input | None) -> None:
    if old is not None and new is not None:
        inputs.hand_over_delivered(db, team_id, old.id, new.id)


def _key(old: Input | None, new: Input | None) -> str:
    return f"input-changed/{old.id if old else '-'}/{new.id if new else '-'}"


def _note(db: Database, actor: Actor, verb: str, one: Input, now: datetime) -> None:
    journal.record(
        db,
        actor.team_id,
        actor.partnership.id,
        verb,
        "input",
        one.id,
        by=actor.person.id,
        side=actor.standings.side,
        now=now,
    )
