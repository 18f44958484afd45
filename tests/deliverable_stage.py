"""The forms about deliverables, each drawn once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.deliverables import Commitment
from domain.people import Person
from tests.partners import MONDAY_NOON, NEW_YORK, PARTNERSHIP
from views import deliverable_forms as forms
from views import deliverable_more, deliverable_pastes, deliverable_reasons, hand_overs, waits
from views import ladder as ladder_views
from views.deliverable_prefill import Prefill

DECK = Commitment(
    team_id=PARTNERSHIP.team_id,
    id="d" * 20,
    partnership_id=PARTNERSHIP.id,
    title="Training deck",
    owner_id="ana",
    side="vendor",
    state="accepted",
    due_at=MONDAY_NOON + timedelta(days=1),
    first_due_at=MONDAY_NOON + timedelta(days=1),
    created_by="maria",
    created_at=MONDAY_NOON,
)

FORMS: dict[str, Callable[[], dict[str, Any]]] = {
    forms.FORM: lambda: forms.form(
        PARTNERSHIP,
        Prefill(id="d1", more=deliverable_more.Extras()),
        NEW_YORK,
        deliverable_more.Reading(side="client", is_lead=True),
    ),
    deliverable_pastes.FORM: lambda: deliverable_pastes.form(PARTNERSHIP, "f1"),
    deliverable_more.LINK_FORM: lambda: deliverable_more.link_form(PARTNERSHIP, DECK),
    deliverable_reasons.FORM: lambda: deliverable_reasons.form(PARTNERSHIP, DECK, "send_back"),
    ladder_views.SNOOZE_FORM: lambda: ladder_views.snooze_form(DECK, MONDAY_NOON.date(), "{}"),
    hand_overs.FORM: lambda: hand_overs.form(
        PARTNERSHIP, DECK, [Person(id="carlo", slack_id="U0CARLO", name="Carlo Cruz")]
    ),
    waits.FORM: lambda: waits.form(PARTNERSHIP, DECK, [replace(DECK, id="e" * 20)]),
    forms.MOVE_FORM: lambda: forms.move_form(PARTNERSHIP, DECK, NEW_YORK),
}
