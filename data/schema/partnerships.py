"""Tables of partnerships, their sides, and the people in them."""

from typing import Final

SQL: Final[tuple[str, ...]] = (
    # Names and Slack ids of people stand here and nowhere else.
    """
    CREATE TABLE people (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        slack_id TEXT NOT NULL,
        home_team TEXT,              -- null until Slack told us
        name TEXT NOT NULL,
        zone TEXT,                   -- IANA name; null when unknown
        locale TEXT,                 -- null for people of another company
        is_bot INTEGER NOT NULL,
        is_guest INTEGER NOT NULL,
        deleted INTEGER NOT NULL,
        quiet_until TEXT,            -- null: may be written to
        direct INTEGER,              -- null: never chose
        dm_channel TEXT,             -- null until a direct message was opened
        refreshed_at TEXT,           -- null until Slack was asked about the person
        PRIMARY KEY (team_id, id),
        UNIQUE (team_id, slack_id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE partnerships (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        channel TEXT NOT NULL,
        state TEXT NOT NULL,
        home_side TEXT NOT NULL,
        template TEXT NOT NULL,
        reply_minutes INTEGER NOT NULL,
        installer_id TEXT NOT NULL,
        public_client INTEGER NOT NULL,
        public_vendor INTEGER NOT NULL,
        paused_from TEXT,            -- null: not paused
        paused_until TEXT,           -- null while paused: until somebody resumes
        paused_reason TEXT,
        created_at TEXT NOT NULL,
        agreed_at TEXT,              -- null until a lead of the other side agreed
        agreed_by TEXT,
        PRIMARY KEY (team_id, id),
        UNIQUE (team_id, channel)
    )
    """,
    """
    CREATE TABLE sides (
        team_id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        side TEXT NOT NULL,
        name TEXT NOT NULL,
        slack_team TEXT,             -- null when no workspace is known for the side
        calendar TEXT NOT NULL,      -- JSON of domain.calendars.Calendar
        PRIMARY KEY (team_id, partnership_id, side),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE members (
        team_id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        side TEXT,                   -- null: not placed, or of no side
        role TEXT NOT NULL,
        confirmed INTEGER NOT NULL,
        calendar TEXT,               -- null: works the side's hours
        joined_at TEXT NOT NULL,
        left_at TEXT,                -- null while in the channel
        PRIMARY KEY (team_id, partnership_id, person_id),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id),
        FOREIGN KEY (team_id, person_id) REFERENCES people (team_id, id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX members_by_person ON members (team_id, person_id)",
    """
    CREATE TABLE days_off (
        team_id TEXT NOT NULL,
        partnership_id TEXT NOT NULL,
        side TEXT NOT NULL,
        day_on TEXT NOT NULL,        -- YYYY-MM-DD on the side's calendar
        label TEXT,                  -- typed words, may be blanked; null: none given
        PRIMARY KEY (team_id, partnership_id, side, day_on),
        FOREIGN KEY (team_id, partnership_id) REFERENCES partnerships (team_id, id)
    )
    """,
    """
    CREATE TABLE away (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        from_at TEXT NOT NULL,
        until_at TEXT NOT NULL,
        PRIMARY KEY (team_id, id),
        FOREIGN KEY (team_id, person_id) REFERENCES people (team_id, id)
    )
    """,
    "CREATE INDEX away_by_person ON away (team_id, person_id, until_at)",
)

PAUSE_SIDES: Final[tuple[str, ...]] = (
    # Until when each side asked for the rest; null: it did not, or nobody wrote down who did.
    "ALTER TABLE partnerships ADD COLUMN client_rests_until TEXT",
    "ALTER TABLE partnerships ADD COLUMN vendor_rests_until TEXT",
)

LED_SINCE: Final[tuple[str, ...]] = (
    "ALTER TABLE members ADD COLUMN led_since TEXT",  # null: no lead
    "UPDATE members SET led_since = joined_at WHERE role = 'lead'",
)
PULSE: Final[tuple[str, ...]] = (
    # JSON of what differs from the usual plan; holds typed questions, may be blanked.
    "ALTER TABLE partnerships ADD COLUMN pulse TEXT NOT NULL DEFAULT ''",
)
