"""Leads whom the installer named for the other side, looked at again once they are known."""

from dataclasses import dataclass
from datetime import datetime

from data import Database, channels, journal, people
from domain.consents import unfit_lead
from domain.partnerships import Partnership, leads
from domain.setups import LeadTrouble
from services.first_posts import installer_of, show_one_person
from views.setup import lead_set_aside


@dataclass(frozen=True, slots=True, kw_only=True)
class Misnamed:
    """Somebody who cannot lead the other side. ``slack_id`` is named to the installer alone."""

    person_id: str
    slack_id: str
    trouble: LeadTrouble


def named(db: Database, partnership: Partnership) -> tuple[str, ...]:
    """Our ids of the other side's leads while it has not agreed; afterwards it names its own."""
    if partnership.is_agreed:
        return ()
    theirs = leads(people.active_members(db, partnership), partnership.guest_side)
    return tuple(one.person.id for one in theirs)


def set_aside(
    db: Database,
    partnership: Partnership,
    person_ids: tuple[str, ...],
    present: frozenset[str],
    now: datetime,
) -> None:
    """Who proved to be no lead of theirs loses the place, and the installer alone is told.

    Args:
        present: Slack ids of everybody in the channel.
    """
    if partnership.is_agreed:
        return
    for one in _misnamed(db, partnership, person_ids, present):
        if one.trouble != "absent":
            people.place(
                db, partnership, one.person_id, standing=(None, "observer", False), now=now
            )
        drawn = lead_set_aside(partnership, one.slack_id, one.trouble)
        show_one_person(db, partnership, installer_of(db, partnership), drawn, now)
        journal.record(
            db,
            partnership.team_id,
            partnership.id,
            "lead_set_aside",
            "partnership",
            partnership.id,
            by=None,
            side=partnership.guest_side,
            now=now,
        )


def _misnamed(
    db: Database, partnership: Partnership, person_ids: tuple[str, ...], present: frozenset[str]
) -> list[Misnamed]:
    here = channels.organisations(db, partnership.team_id, partnership.channel)
    found = []
    for person_id in person_ids:
        person = people.get(db, partnership.team_id, person_id)
        if person is None:
            continue
        trouble = unfit_lead(person, partnership.team_id, here)
        if trouble is None and person.slack_id not in present:
            trouble = "absent"
        if trouble is not None:
            found.append(Misnamed(person_id=person_id, slack_id=person.slack_id, trouble=trouble))
    return found
