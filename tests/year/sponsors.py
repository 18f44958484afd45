"""What has to be true of what sponsors were told: its owner was heard before, and said nothing."""

from datetime import datetime, timedelta
from typing import Any, Final

from tests.year.judge import absences, moment
from tests.year.record import Record

Row = dict[str, Any]

EARLIER: Final = timedelta(hours=12)
WORDS: Final = frozenset(
    {
        "deliverable_acknowledged",
        "deliverable_put_off",
        "deliverable_waiting",
        "deliverable_sponsors_helped",
        "deliverable_sponsors_taken_back",
    }
)


def unfair(record: Record) -> list[str]:
    """Nobody is brought to the sponsors who was away, was not heard or had said something."""
    faults = []
    for row in told(record):
        at, where = moment(row["changed_at"]), f"{row['commitment_id']} at {row['changed_at']}"
        if not _was_heard(record, row):
            faults.append(f"sponsors know what its owner did not hear of: {where}")
        if _was_away(record, row):
            faults.append(f"brought to sponsors while away: {where}")
        if _has_spoken(record, row, at):
            faults.append(f"brought to sponsors though its owner has answered: {where}")
        if not _is_late(record, row, at):
            faults.append(f"brought to sponsors though it is not late: {where}")
    return faults + _unfounded(record)


def told(record: Record) -> list[Row]:
    return record.rows("SELECT * FROM sponsor_notices WHERE state = 'told'")


def _was_heard(record: Record, row: Row) -> bool:
    """Whether a message of theirs said so when it came, in the first half of the shift."""
    begin, end = moment(row["from_at"]), moment(row["until_at"])
    first, last = max(moment(row["asked_at"]), begin - EARLIER), begin + (end - begin) / 2
    title = record.title(row["commitment_id"])
    return any(
        posted.row.key.startswith(f"daily/{row['owner_id']}/")
        and first <= posted.at <= last
        and f"know that *{title}* is open" in str(posted.row.payload)
        for posted in record.posted.values()
        if posted.row.kind == "post"
    )


def _was_away(record: Record, row: Row) -> bool:
    begin, end = moment(row["from_at"]), moment(row["until_at"])
    known = absences(record, row["owner_id"], moment(row["changed_at"]))
    return any(since < end and begin < until for since, until, _ in known)


def _has_spoken(record: Record, row: Row, at: datetime) -> bool:
    sql = "SELECT verb, at FROM journal WHERE subject_id = :id"
    said = record.rows(sql, id=row["commitment_id"])
    asked_at = moment(row["asked_at"])
    return any(one["verb"] in WORDS and asked_at < moment(one["at"]) < at for one in said)


def _is_late(record: Record, row: Row, at: datetime) -> bool:
    history = record.seen[row["commitment_id"]]
    stands = [one for since, one in history if since < at][-1]
    is_same = stands["due_at"] == row["due_at"] and stands["owner_id"] == row["owner_id"]
    return is_same and stands["state"] == "accepted" and not stands["waits"]


def _unfounded(record: Record) -> list[str]:
    """What a sponsor read is what was brought to them."""
    brought = {(record.title(row["commitment_id"]), row["changed_at"]) for row in told(record)}
    faults = []
    for posted in record.posted.values():
        key = posted.row.key
        if not any(key.startswith(f"daily/{one.id}/") for one in record.sponsors):
            continue
        text = str(posted.row.payload)
        if not any(title in text and moment(at) <= posted.at for title, at in brought):
            faults.append(f"a sponsor reads what nobody brought to them: {key}")
    return faults
