"""What the leads may read of all surveys as a file: for a lead alone, sent directly."""

from datetime import datetime, timedelta
from typing import Final

from data import pulse
from services.actors import Who
from services.deps import Deps
from services.setups import actor_of
from services.spreadsheets import hand_out
from views import pulse_files as views
from views.blocks import Drawn

CLOSED_WITHIN: Final = timedelta(days=366)


def ask(deps: Deps, who: Who, partnership_id: str, now: datetime) -> Drawn:
    """Have the file sent to the lead who asks; who is not written to directly copies the text.

    Raises:
        NoPartnershipHere; NotAllowed: The person leads no side.
    """
    actor = actor_of(deps, who, partnership_id)
    actor.require("pulse.file")
    db = deps.store.reading()
    surveys = pulse.closed_between(db, actor.partnership, now - CLOSED_WITHIN, now)
    if not surveys:
        return views.nothing()
    return hand_out(deps, actor, views.sheet(actor.partnership, surveys), now)
