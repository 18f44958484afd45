"""Asks Slack about who sets up, so that the form knows their time zone while they look at it."""

from contextlib import suppress
from datetime import datetime
from typing import Final

from data import Database, people, wakes
from data.wakes import Wake
from domain.errors import TouchbaseError
from domain.slack_errors import SlackBusy, SlackError, SlackRefused
from services import delivery_forms
from services.actors import Who
from services.deps import Deps
from services.directory import read_person
from services.roster import profile_of
from services.setups import filled_in, known_beforehand
from views.setup import Known, form

KIND: Final = "installer"


def ask_soon(db: Database, team_id: str, slack_id: str, now: datetime) -> None:
    """Have Slack asked about somebody who may set up soon, unless their zone is known."""
    known = people.by_slack_id(db, team_id, slack_id)
    if known is None or known.zone is None:
        wakes.set_wake(db, team_id, KIND, f"{slack_id}||", None, now)


def ask_about(deps: Deps, team_id: str, slack_id: str | None, now: datetime) -> None:
    """Have Slack asked about somebody who was named in a form, unless they are known."""
    db = deps.store.reading()
    if slack_id is None or people.by_slack_id(db, team_id, slack_id) is not None:
        return
    with deps.store.writing(None) as writing:
        wakes.set_wake(writing, team_id, KIND, f"{slack_id}||", None, now)


def fill_in(deps: Deps, who: Who, known: Known, view_id: str, now: datetime) -> None:
    """Have the form that stands open filled in with what Slack says, if it lacks the zone.

    Args:
        known: What the form was opened with.
    """
    if known.zone is not None or who.home_team not in {None, who.team_id}:
        return
    # What was typed is not kept for it: such a form takes the zone when it is sent.
    is_bare = known == filled_in(deps, who, Known())
    shown = f"{view_id}|{who.channel}" if is_bare else "|"
    with deps.store.writing(None) as db:
        wakes.set_wake(db, who.team_id, KIND, f"{who.slack_id}|{shown}", None, now)


def zone_of(deps: Deps, who: Who) -> str | None:
    """The zone that Slack tells of somebody, as far as it was asked."""
    found = people.by_slack_id(deps.store.reading(), who.team_id, who.slack_id)
    return None if found is None else found.zone


def plan(deps: Deps, wake: Wake, now: datetime) -> None:
    """Ask, keep the answer, and show it in the form if that stands open still."""
    slack_id, _, shown = wake.subject_id.partition("|")
    view_id, _, channel = shown.partition("|")
    try:
        profile = profile_of(read_person(deps.clients, wake.team_id, slack_id))
    except SlackBusy as busy:
        with deps.store.writing(None, planning=True) as db:
            wakes.set_wake(db, wake.team_id, KIND, wake.subject_id, None, now + busy.retry_after)
        return
    except SlackRefused:
        profile = None
    with deps.store.writing(None, planning=True) as db:
        wakes.clear_wake(db, wake.team_id, KIND, wake.subject_id)
        if profile is not None:
            people.save_profile(db, wake.team_id, profile, now)
    if profile is not None and profile.zone is not None and view_id:
        who = Who(team_id=wake.team_id, slack_id=slack_id, channel=channel)
        _show(deps, who, view_id, now)


def _show(deps: Deps, who: Who, view_id: str, now: datetime) -> None:
    """Show the form anew. It may be closed or sent by now, and the channel set up."""
    with suppress(SlackError, TouchbaseError):
        known = known_beforehand(deps, who, Known(), now)
        view = form(known, str(who.channel))
        delivery_forms.update_form(deps.clients, who.team_id, view_id, view)
