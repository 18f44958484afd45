"""What is talked about regularly: codes only; their words are drawn elsewhere."""

from domain.cadences import Cadence
from domain.partnerships import Partnership
from domain.templates import STARTS


def topics_of(partnership: Partnership, cadence: Cadence) -> tuple[str, ...]:
    """The topics of each turn of a check-in: its template's, where it came with one."""
    if cadence.kind != "checkin" or cadence.created_by is not None:
        return ()
    return STARTS[partnership.template].topics
