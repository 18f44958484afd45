"""The labelled phrases, each read and held against its label."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain.recurrence import Rule
from domain.zones import to_utc
from views.words.due import DueRead
from views.words.rhythm import RhythmRead
from views.words.writer import writer_of

PHRASES = Path(__file__).parent.parent / "phrases"
# Wednesday, 14:00 in New York.
NOW = datetime(2026, 11, 18, 19, tzinfo=UTC)
NEW_YORK = "America/New_York"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Labels that we read otherwise, each with the reason. The label stays as it was written.
DISPUTED: dict[tuple[str, str], str] = {}


def lines(name: str) -> Iterator[dict[str, Any]]:
    for text in (PHRASES / name).read_text("utf-8").splitlines():
        line = json.loads(text)
        if (name, line["text"]) not in DISPUTED:
            yield line


def due_of(line: dict[str, Any]) -> DueRead:
    return writer_of(now=NOW, zone=NEW_YORK, locale=line.get("locale", "en-US")).due(line["text"])


def due_answer(read: DueRead) -> dict[str, Any]:
    """What was read, in the form of a label; a time as its moment."""
    if read.question is not None:
        return {"ask": read.question}
    if read.at is not None:
        return {"at": to_utc(read.at, read.zone or NEW_YORK)}
    return {"day": read.day.isoformat()} if read.day is not None else {"none": True}


def due_label(expect: dict[str, Any]) -> dict[str, Any]:
    if "at" not in expect:
        return expect
    return {"at": to_utc(datetime.fromisoformat(expect["at"]), expect["zone"])}


def rule_label(rule: Rule) -> dict[str, Any]:
    if rule.frequency == "weekly":
        days = [WEEKDAYS[day] for day in rule.days]
        return {"every": "week", "interval": rule.every_weeks, "days": days}
    if rule.frequency == "yearly":
        return {"every": "year", "month": rule.month, "day": rule.day}
    every = {"every": "month" if rule.frequency == "monthly" else "quarter"}
    if rule.weekday is not None:
        weekday = WEEKDAYS[rule.weekday]
        return {**every, "by": "weekday", "nth": rule.nth, "weekday": weekday}
    if rule.working_day is not None:
        return {**every, "by": "working day", "nth": rule.working_day}
    # The 31st of each month is its last day in months that are shorter.
    return {**every, "by": "date", "day": -1 if rule.day == 31 else rule.day}


def rhythm_of(line: dict[str, Any]) -> RhythmRead:
    return writer_of(now=NOW, zone=NEW_YORK, locale="en-US").rhythm(line["text"])


def rhythm_answer(read: RhythmRead, expect: dict[str, Any]) -> dict[str, Any]:
    """What was read, in the form of a label. What we cannot keep or happens once is no rhythm."""
    title = {"title": read.title} if "title" in expect else {}
    if read.rule is not None:
        start = read.start.isoformat("minutes") if read.start is not None else None
        return {"rule": rule_label(read.rule), "start": start, "zone": read.zone, **title}
    if read.question in {None, "unsupported", "once"}:
        return {"none": True}
    return {"ask": read.question, **title}


def rhythm_label(expect: dict[str, Any]) -> dict[str, Any]:
    """The label with the last day of a month written in one way."""
    rule = expect.get("rule")
    if rule is not None and rule.get("by") == "date" and rule["day"] == 31:
        return {**expect, "rule": {**rule, "day": -1}}
    return expect


# One test for each file: hundreds of small ones would take longer to report than to run.
def test_a_typed_due_moment_is_understood_as_labelled() -> None:
    for line in lines("due.jsonl"):
        read = due_of(line)

        assert due_answer(read) == due_label(line["expect"]), line
        assert read.rest == line.get("rest", read.rest), line


def test_a_typed_rhythm_is_understood_as_labelled() -> None:
    for line in lines("rhythm.jsonl"):
        read = rhythm_of(line)

        assert rhythm_answer(read, line["expect"]) == rhythm_label(line["expect"]), line


def test_hardly_any_label_is_disputed() -> None:
    labels = sum(
        len((PHRASES / name).read_text("utf-8").splitlines())
        for name in ("due.jsonl", "rhythm.jsonl")
    )

    assert len(DISPUTED) <= 0.03 * labels
