"""The forms about people, days and rests, drawn once with a client and a vendor."""

from collections.abc import Callable
from datetime import date
from typing import Any

from domain.people import Member, Side
from tests.partners import PARTNERSHIP, member
from views import advisors, away, days_off, duties, hours, pause, people

MARIA: Member = member("client", id="maria", slack_id="U0MARIA", name="Maria")
ANA: Member = member("vendor", id="ana", slack_id="U0ANA", name="Ana")
TODAY = date(2026, 11, 16)


def shown(*members: Member, lead_of: Side | None = None) -> people.Shown:
    """The people of Acme and Globalcall as a lead of one side, or anybody, sees them."""
    return people.Shown(partnership=PARTNERSHIP, members=members, lead_of=lead_of)


FORMS: dict[str, Callable[[], dict[str, Any]]] = {
    people.FORM: lambda: people.form(shown(MARIA, ANA, lead_of="client"), "client"),
    advisors.FORM: lambda: advisors.form(PARTNERSHIP, ["U0KIM"]),
    away.FORM: lambda: away.form(
        None, "America/New_York", TODAY, channel="C1", who=away.StandIns(fit=[ANA.person])
    ),
    hours.FORM: lambda: hours.form(
        MARIA.calendar, typed="", zone="America/New_York", is_own=True, channel="C1"
    ),
    days_off.FORM: lambda: days_off.form(PARTNERSHIP, "client", TODAY),
    duties.FORM: lambda: duties.form(PARTNERSHIP, "vendor", "U0ANA", TODAY),
    pause.FORM: lambda: pause.form(pause.Rest(partnership_id="p1"), "C1"),
}
