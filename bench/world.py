"""A database as a busy installation has it: partnerships, their people, and what they owe."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from data import Database, channels, listening, partnerships, people, weeks
from data.channels import Channel
from data.moments import to_text
from data.people import Profile
from data.store import Store
from domain.calendars import Calendar, always
from domain.partnerships import Partnership, SideInfo
from domain.people import Role
from services.beginnings import begin_all

PARTNERSHIPS: Final = 1_000
COMMITMENTS: Final = 20_000
HOME, HOME_PEOPLE, VENDOR_PEOPLE = "T0HOME", 50, 4
# Everybody always works, so that any moment is as busy as a Monday morning.
CLIENT_HOURS: Final[Calendar] = always("America/New_York")
VENDOR_HOURS: Final[Calendar] = always("Asia/Manila")


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is stored. ``commitments`` are spread evenly; a part of them is open."""

    partnerships: int = PARTNERSHIPS
    commitments: int = COMMITMENTS
    open_part: float = 0.5


def channel_of(number: int) -> str:
    return f"C0SHARED{number:04}"


def client_user(number: int) -> str:
    """Slack id of the client's lead in a partnership; each leads several."""
    return f"U0HOME{number % HOME_PEOPLE:04}"


def vendor_user(number: int, place: int = 0) -> str:
    """Slack id of one of the vendor's people in a partnership; the first one leads."""
    return f"U0VEND{number:04}{place}"


def vendor_team(number: int) -> str:
    return f"T0VEND{number:04}"


def fill(path: Path, size: Size, now: datetime) -> None:
    """Make the file: all partnerships agreed, their posts sent, nothing due within the hour."""
    # It is thrown away after the run; the bot opens it as durably as ever.
    store = Store.open(path, synchronous="OFF")
    try:
        with store.writing(None) as db:
            # The bot was there all the time, and is started anew within the minute.
            for at in (now - timedelta(days=90), now + timedelta(minutes=10)):
                listening.listen(db, HOME, "before", at)
            _people(db, size, now)
            for number in range(size.partnerships):
                _partnership(db, number, now)
            _commitments(db, size, now)
            _settle(db, now)
    finally:
        store.close()


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    """The file beside the bot, which goes on working in it."""
    store = Store.open(path)
    try:
        yield store
    finally:
        store.close()


def count(path: Path, sql: str) -> int:
    """The one number that a query gives."""
    with opened(path) as store:
        return int(store.reading().execute(sql).fetchone()[0])


def _people(db: Database, size: Size, now: datetime) -> None:
    homes = [(client_user(number), HOME, "America/New_York") for number in range(HOME_PEOPLE)]
    vendors = [
        (vendor_user(number, place), vendor_team(number), "Asia/Manila")
        for number in range(size.partnerships)
        for place in range(VENDOR_PEOPLE)
    ]
    for slack_id, team, zone in homes + vendors:
        profile = Profile(
            slack_id=slack_id,
            home_team=team,
            name=f"Person {slack_id}",
            zone=zone,
            locale="en-US" if team == HOME else None,
            is_bot=False,
            is_guest=False,
            deleted=False,
        )
        people.save_profile(db, HOME, profile, now)


def _partnership(db: Database, number: int, now: datetime) -> None:
    agreed_at = now - timedelta(days=60)
    client = SideInfo(side="client", name="Acme", slack_team=HOME, calendar=CLIENT_HOURS)
    vendor = SideInfo(
        side="vendor",
        name=f"Vendor {number}",
        slack_team=vendor_team(number),
        calendar=VENDOR_HOURS,
    )
    one = Partnership(
        team_id=HOME,
        id=f"partnership{number:04}",
        channel=channel_of(number),
        state="agreed",
        home_side="client",
        client=client,
        vendor=vendor,
        template="call_center",
        reply_time=timedelta(hours=8),
        installer_id=_person_id(db, client_user(number)),
        created_at=agreed_at,
        agreed_at=agreed_at,
    )
    partnerships.insert(db, one)
    partnerships.agree(db, one, _person_id(db, vendor_user(number)), agreed_at)
    _join(db, one, number, agreed_at)
    weeks.add(db, one, (now - timedelta(days=now.weekday())).date(), agreed_at)
    begin_all(db, one, now)


def _join(db: Database, one: Partnership, number: int, now: datetime) -> None:
    channels.save(
        db,
        Channel(
            team_id=HOME,
            channel=one.channel,
            bot_is_member=True,
            is_ext_shared=True,
            host_team=HOME,
            connected_teams=frozenset({vendor_team(number)}),
        ),
    )
    lead = _person_id(db, client_user(number))
    people.place(db, one, lead, standing=("client", "lead", True), now=now)
    for place in range(VENDOR_PEOPLE):
        role: Role = "lead" if place == 0 else "member"
        person = _person_id(db, vendor_user(number, place))
        people.place(db, one, person, standing=("vendor", role, True), now=now)


def _person_id(db: Database, slack_id: str) -> str:
    found = people.by_slack_id(db, HOME, slack_id)
    assert found is not None
    return found.id


def _commitments(db: Database, size: Size, now: datetime) -> None:
    """As many for each partnership, owned by the vendor's people in turn, due in coming weeks."""
    each = size.commitments // size.partnerships
    values = {
        "team": HOME,
        "each": each,
        "open": round(each * size.open_part),
        "now": to_text(now),
        "soon": to_text(now + timedelta(days=3)),
        "ago": to_text(now - timedelta(days=20)),
        "people": VENDOR_PEOPLE,
    }
    db.execute(_COMMITMENTS, values)
    db.execute(_DATES, values)
    db.execute(_CARDS, values)
    db.execute(_WAKES, values)


def _settle(db: Database, now: datetime) -> None:
    """What was put while filling was sent long ago; what would be due is due in an hour."""
    values = {"team": HOME, "ago": to_text(now - timedelta(days=20))}
    db.execute(_LIVE_POSTS, values)
    db.execute(_SENT, values)
    later = {"now": to_text(now + timedelta(hours=1)), "later": to_text(now + timedelta(hours=2))}
    db.execute("UPDATE wakes SET due_at = :later WHERE due_at < :now", later)


_COMMITMENTS: Final = """
    WITH RECURSIVE numbers (n) AS (
        SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :each
    )
    INSERT INTO commitments (team_id, id, partnership_id, kind, title, owner_id, side, state,
        due_at, first_due_at, moves, created_by, created_at, closed_at, asked_at)
    SELECT p.team_id, 'old-' || p.id || '-' || n, p.id, 'deliverable',
        'Report number ' || n || ' for the weekly review', o.id, 'vendor',
        CASE WHEN n <= :open THEN 'accepted' ELSE 'done' END, :soon, :soon, 0, p.installer_id,
        :ago, CASE WHEN n <= :open THEN NULL ELSE :ago END, NULL
    FROM partnerships p JOIN numbers JOIN people o
        ON o.team_id = p.team_id
        AND o.slack_id = 'U0VEND' || substr(p.id, 12) || (n % :people)
"""
_DATES: Final = """
    INSERT INTO commitment_dates (team_id, commitment_id, position, due_at, old_due_at,
        changed_by, side, changed_at, was_early, reason)
    SELECT team_id, id, 1, due_at, NULL, created_by, 'client', created_at, 1, NULL FROM commitments
"""
_CARDS: Final = """
    INSERT INTO outbox (team_id, id, key, position, partnership_id, kind, place, payload,
        audience, needs, thread_of, urgent, state, put_at, leaves_at, attempts, attempted_at,
        left_at, settled_at, channel, ts)
    SELECT c.team_id, 'card-' || c.id, 'deliverable-card/' || c.id,
        (SELECT COALESCE(MAX(position), 0) FROM outbox)
            + ROW_NUMBER() OVER (ORDER BY c.id),
        c.partnership_id, 'post', p.channel, '{}', 'both', 'agreed', NULL, 0, 'sent', :ago, :ago,
        1, :ago, :ago, :ago, p.channel,
        '1600000000.' || printf('%06d', ROW_NUMBER() OVER (ORDER BY c.id))
    FROM commitments c JOIN partnerships p ON p.team_id = c.team_id AND p.id = c.partnership_id
    WHERE c.closed_at IS NULL
"""
_WAKES: Final = """
    INSERT INTO wakes (team_id, kind, subject_id, partnership_id, due_at, turn)
    SELECT team_id, 'deliverable', id, partnership_id, due_at, 'first' FROM commitments
    WHERE closed_at IS NULL
    UNION ALL
    SELECT DISTINCT team_id, 'daily', owner_id, NULL, due_at, 'first' FROM commitments
    WHERE closed_at IS NULL
    UNION ALL
    SELECT team_id, 'week', id, id, :soon, 'first' FROM partnerships
"""
_LIVE_POSTS: Final = """
    WITH live (team_id, partnership_id, key) AS (
        SELECT team_id, partnership_id, outbox_key FROM weeks
        UNION ALL
        SELECT team_id, id, 'hub/' || id FROM partnerships
    )
    INSERT INTO outbox (team_id, id, key, position, partnership_id, kind, place, payload,
        audience, needs, urgent, state, put_at, leaves_at, attempts, attempted_at, left_at,
        settled_at, channel, ts)
    SELECT w.team_id, 'live-' || w.key, w.key,
        (SELECT COALESCE(MAX(position), 0) FROM outbox) + ROW_NUMBER() OVER (ORDER BY w.key),
        w.partnership_id, 'post', p.channel, '{"text": ""}', 'both', 'agreed', 0, 'sent', :ago,
        :ago, 1, :ago, :ago, :ago, p.channel,
        '1700000000.' || printf('%06d', ROW_NUMBER() OVER (ORDER BY w.key))
    FROM live w JOIN partnerships p ON p.team_id = w.team_id AND p.id = w.partnership_id
    WHERE true
    ON CONFLICT DO NOTHING
"""
_SENT: Final = """
    UPDATE outbox SET state = 'sent', attempts = 1, attempted_at = :ago, left_at = :ago,
        settled_at = :ago, channel = place, ts = '1650000000.' || printf('%06d', position)
    WHERE team_id = :team AND state = 'queued'
"""
