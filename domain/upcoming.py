"""What time will do next, as values; how it is found out and worded is not here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Code = Literal[
    "advisor_asked",
    "change_asked",
    "change_settles",
    "checkin_agenda",
    "checkin_asked",
    "checkin_ends",
    "checkin_reminder",
    "checkin_starts",
    "daily",
    "deliverable_due",
    "deliverable_told",
    "message",
    "pause_ends",
    "preview",
    "pulse_closes",
    "pulse_told",
    "pulse_opens",
    "signed_closes",
    "sponsors_told",
    "summary",
    "week",
    "written_closes",
    "written_opens",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One thing to come.

    Attributes:
        name: Of the person, check-in, deliverable or side that it is about; typed by people.
        where: The channel's id; None: it is not about one channel.
    """

    at: datetime
    code: Code
    name: str = ""
    where: str | None = None
