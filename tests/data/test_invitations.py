"""What calendars were given, stored and read back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from data import cadences, invitations, partnerships
from domain.invitations import Entry, Moved, Series, Single
from domain.recurrence import monthly_by_weekday, weekly
from tests.data.test_cadences import ACME, MONDAY, TUESDAYS
from tests.stores import open_store

wall = datetime.fromisoformat
HALF_AN_HOUR = timedelta(minutes=30)
MOVED = Moved(
    original=wall("2026-11-10T10:00"),
    starts_at=datetime(2026, 11, 11, 20, tzinfo=UTC),
    length=HALF_AN_HOUR,
)
OLD = Series(
    uid="c-1",
    rule=weekly((1,)),
    start=wall("2026-10-27T10:00"),
    planned_from=wall("2026-10-20T10:00"),
    zone="America/New_York",
    length=HALF_AN_HOUR,
    last=wall("2026-11-17T10:00"),
    ended=True,
    left_out=(wall("2026-11-03T10:00"),),
    moved=(MOVED,),
)
NEW = Series(
    uid="c-2",
    rule=monthly_by_weekday(-1, 4),
    start=wall("2026-11-27T09:00"),
    planned_from=wall("2026-11-27T09:00"),
    zone="Asia/Manila",
    length=timedelta(hours=1),
)
OFF = Single(
    uid="c-20261201T1000",
    original=wall("2026-12-01T10:00"),
    starts_at=datetime(2026, 12, 1, 15, tzinfo=UTC),
    zone="America/New_York",
    length=HALF_AN_HOUR,
    cancelled=True,
)


def test_the_newest_version_is_read_back_as_it_was_told(tmp_path: Path) -> None:
    store, told = open_store(tmp_path), list[Entry]([OLD, NEW, OFF])
    with store.writing(None) as db:
        partnerships.insert(db, ACME)
        cadence = cadences.insert(db, ACME, TUESDAYS, by=None, now=MONDAY)
        assert cadence is not None
        assert (invitations.newest(db, cadence), invitations.told(db, cadence)) == (None, [])
        assert invitations.taken(db, ACME) == []

        invitations.add(db, cadence, told[:1], 0, by="ana", now=MONDAY)
        invitations.add(db, cadence, told, 1, by="maria", now=MONDAY)

        made = invitations.newest(db, cadence)
        assert made is not None
        assert (made.sequence, made.digest) == (1, invitations.words_digest(cadence))
        assert invitations.told(db, cadence) == told
        assert invitations.taken(db, ACME) == [cadence]
    store.close()
