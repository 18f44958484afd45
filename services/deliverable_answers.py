"""What only the person who acted on a deliverable reads."""

from datetime import datetime

from services.actors import Who, person_of
from services.deliverable_acting import Changed
from services.deps import Deps
from services.replies import replace_private, say_privately
from views.blocks import Drawn


def say(deps: Deps, who: Who, changed: Changed, drawn: Drawn, now: datetime) -> None:
    """In the channel, for one person."""
    person = person_of(deps.store, who)
    with deps.store.writing(changed.partnership.id) as db:
        say_privately(db, changed.partnership, (person.id, person.slack_id), drawn, now)


def replace(deps: Deps, changed: Changed, url: str, drawn: Drawn, now: datetime) -> None:
    """In the place of the private message in which somebody pressed."""
    with deps.store.writing(changed.partnership.id) as db:
        replace_private(db, changed.partnership, url, drawn, now)
