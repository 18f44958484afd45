"""What begins once both sides agreed: one function for each subject that a template starts."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from data import Database
from domain.partnerships import Partnership, Template
from services import first_check_ins, pulse, summary

Beginner = Callable[[Database, Partnership, Template, datetime], None]

BEGINNERS: Final[tuple[Beginner, ...]] = (first_check_ins.begin, pulse.begin, summary.begin)
"""Called in the transaction in which a lead of the other side agrees, in this order.

Each begins what the template asks for, once.
"""


def begin_all(db: Database, partnership: Partnership, now: datetime) -> None:
    for begin in BEGINNERS:
        begin(db, partnership, partnership.template, now)
