"""The steps that bring the tables up to date, in order; a step that was released never changes."""

import re
from typing import Final

from sqlite_utils import Database, Migrations

from data.schema import (
    away,
    cadences,
    changes,
    checkin_reports,
    core,
    deliverables,
    duties,
    hand_overs,
    inputs,
    invitations,
    ladder,
    lessons,
    messages,
    partnerships,
    proposals,
    pulse,
    signed,
    sponsors,
    summary,
    topics,
    tracking,
    waits,
    weeks,
    written,
)

STEPS: Final = Migrations("touchbase")
# The library writes down each step in a table of its own, in the transaction of the step.
ANY_STEP: Final = "SELECT 1 FROM _sqlite_migrations WHERE migration_set = 'touchbase'"
_MAKES: Final = re.compile(r"CREATE TABLE (\w+)")
_DROPS: Final = re.compile(r"DROP TABLE (\w+)")


# The name of a step and what it does. A step is added at the end and never renamed.
_SQL: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("core", core.SQL),
    ("partnerships", partnerships.SQL),
    ("weeks", weeks.SQL),
    ("cadences", cadences.SQL),
    ("deliverables", deliverables.SQL),
    ("pulse", pulse.SQL),
    ("messages", messages.SQL),
    ("summary", summary.SQL),
    ("changes", changes.SQL),
    ("summary_as_told", summary.AS_TOLD),
    ("worth_until", core.WORTH_UNTIL),
    ("daily_sections", deliverables.SECTIONS),
    ("named_day", deliverables.NAMED_DAY),
    ("note_undo", summary.NOTE_UNDO),
    ("proposals", proposals.SQL),
    ("invitations", invitations.SQL),
    ("pause_sides", partnerships.PAUSE_SIDES),
    ("written", written.SQL),
    ("topics", topics.SQL),
    ("summary_told_to", summary.TOLD_TO),
    ("checkin_reports", checkin_reports.SQL),
    ("inputs", inputs.SQL),
    ("promises", deliverables.PROMISES),
    ("stand_ins", away.STAND_INS),
    ("links", tracking.LINKS),
    ("pins", tracking.PINS),
    ("series", tracking.SERIES),
    ("waits", waits.SQL),
    ("hand_overs", hand_overs.SQL),
    ("ladder", ladder.SQL),
    ("homes", away.HOMES),
    ("duties", duties.SQL),
    ("approved", waits.APPROVED),
    ("charts", core.CHARTS),
    ("pulse_plans", partnerships.PULSE),
    ("sponsors", sponsors.SQL),
    ("pulse_questions", pulse.QUESTIONS),
    ("pulse_told", pulse.TOLD),
    ("signed", signed.SQL),
    ("lessons", lessons.SQL),
    ("pulse_running", pulse.RUNNING),
    ("led_since", partnerships.LED_SINCE),
)


def _register(name: str, statements: tuple[str, ...]) -> None:
    @STEPS(name=name)
    def run(db: Database) -> None:
        for statement in statements:
            db.execute(statement)


for _name, _statements in _SQL:
    _register(_name, _statements)


def unknown_steps(db: Database) -> list[str]:
    """Steps that the database went through and that this version does not know."""
    known = {name for name, _ in _SQL}
    return [step.name for step in STEPS.applied(db) if step.name not in known]


def missing_steps(db: Database) -> list[str]:
    """Steps that the database has not gone through yet."""
    return [step.name for step in STEPS.pending(db)]


def missing_tables(db: Database) -> set[str]:
    """Tables that the database's own steps made and that are gone."""
    applied = {step.name for step in STEPS.applied(db)}
    done = "\n".join(sql for name, every in _SQL if name in applied for sql in every)
    wanted = set(_MAKES.findall(done)) - set(_DROPS.findall(done))
    return wanted - set(db.table_names())
