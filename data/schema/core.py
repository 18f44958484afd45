"""Tables that every subject rests on: who we work for, what came in, what goes out, what is due."""

from typing import Final

# Each page that a write touches is written to the disk: tables without a rowid need one less, and
# what is null at first stands in no index until it is not.
SQL: Final[tuple[str, ...]] = (
    """
    CREATE TABLE workspaces (
        team_id TEXT NOT NULL,
        name TEXT NOT NULL,
        url TEXT NOT NULL,           -- with its trailing slash; links to messages start with it
        bot_user_id TEXT NOT NULL,
        bot_id TEXT NOT NULL,
        installed_at TEXT NOT NULL,
        PRIMARY KEY (team_id)
    )
    """,
    """
    CREATE TABLE channels (
        team_id TEXT NOT NULL,
        channel TEXT NOT NULL,
        bot_is_member INTEGER NOT NULL,
        is_archived INTEGER NOT NULL,
        is_private INTEGER NOT NULL,
        is_ext_shared INTEGER NOT NULL,
        host_team TEXT,              -- null until Slack told us
        connected_teams TEXT NOT NULL, -- JSON list of the other workspaces in it
        PRIMARY KEY (team_id, channel)
    ) WITHOUT ROWID
    """,
    # Nothing of an event's body: only that it came.
    """
    CREATE TABLE inbox (
        team_id TEXT NOT NULL,
        event_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        received_at TEXT NOT NULL,
        PRIMARY KEY (team_id, event_id)
    )
    """,
    "CREATE INDEX inbox_by_age ON inbox (received_at)",
    """
    CREATE TABLE outbox (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,            -- random; rides in the message's metadata
        key TEXT NOT NULL,           -- names the fact that is told; never leaves
        position INTEGER PRIMARY KEY, -- the order of arrival
        partnership_id TEXT,         -- null: belongs to no partnership
        kind TEXT NOT NULL,
        place TEXT NOT NULL,         -- channel id, person:<our id>, or a response_url
        payload TEXT NOT NULL,       -- JSON; '{}' some time after sending
        audience TEXT NOT NULL,
        needs TEXT NOT NULL,         -- the consent without which it may not leave
        thread_of TEXT,              -- key of the post it is a reply to
        target TEXT,                 -- key of the post it changes, pins or reacts to
        target_ts TEXT,              -- the same for a message that is not ours
        asker TEXT,                  -- person who hears of a refusal; sees an ephemeral message
        urgent INTEGER NOT NULL,
        state TEXT NOT NULL,
        reason TEXT,                 -- Slack's error, or why it was dropped
        put_at TEXT NOT NULL,
        leaves_at TEXT NOT NULL,     -- not before; uncertain: looked up not before
        attempts INTEGER NOT NULL,
        attempted_at TEXT,           -- the last attempt; null: none yet
        left_at TEXT,                -- the end of the last attempt; the pace counts from here
        claimed_by TEXT,             -- host:pid:instance, null unless sending
        claimed_until TEXT,
        settled_at TEXT,             -- sent, dropped, refused, unproven; null before
        channel TEXT,                -- where Slack put it; null until sent
        ts TEXT,                     -- the message's id in Slack; null until sent
        UNIQUE (team_id, id),
        UNIQUE (team_id, key)
    )
    """,
    """
    CREATE INDEX outbox_open ON outbox (team_id, place, kind, position)
    WHERE state IN ('queued', 'sending', 'uncertain')
    """,
    "CREATE INDEX outbox_by_target ON outbox (team_id, target, position) WHERE target IS NOT NULL",
    "CREATE INDEX outbox_by_thread ON outbox (team_id, thread_of) WHERE thread_of IS NOT NULL",
    """
    CREATE INDEX outbox_by_leaving ON outbox (team_id, place, kind, left_at)
    WHERE left_at IS NOT NULL
    """,
    "CREATE INDEX outbox_by_message ON outbox (team_id, channel, ts) WHERE ts IS NOT NULL",
    """
    CREATE INDEX outbox_troubled ON outbox (team_id, position)
    WHERE state IN ('unproven', 'refused')
    """,
    """
    CREATE INDEX outbox_by_age ON outbox (settled_at)
    WHERE payload <> '{}' AND settled_at IS NOT NULL
    """,
    # Places in which one of our ids was read back, so that absence proves something.
    """
    CREATE TABLE provable_places (
        team_id TEXT NOT NULL,
        channel TEXT NOT NULL,
        proven_at TEXT NOT NULL,
        PRIMARY KEY (team_id, channel)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE journal (
        team_id TEXT NOT NULL,
        id TEXT NOT NULL,
        position INTEGER PRIMARY KEY,
        partnership_id TEXT,         -- null: belongs to no partnership
        at TEXT NOT NULL,
        verb TEXT NOT NULL,
        subject_kind TEXT NOT NULL,
        subject_id TEXT NOT NULL,
        by_person TEXT,              -- null: time did it, or Slack
        side TEXT,                   -- null: no side's doing
        details TEXT NOT NULL        -- JSON of ids and figures; no words people typed, no names
    )
    """,
    "CREATE INDEX journal_by_subject ON journal (team_id, subject_kind, subject_id, position)",
    "CREATE INDEX journal_by_partnership ON journal (team_id, partnership_id, at)",
    """
    CREATE TABLE wakes (
        team_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        subject_id TEXT NOT NULL,
        partnership_id TEXT,
        due_at TEXT NOT NULL,
        turn TEXT NOT NULL,          -- new each time the wake is set
        PRIMARY KEY (team_id, kind, subject_id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX wakes_by_due ON wakes (due_at)",
    """
    CREATE TABLE listening (
        team_id TEXT NOT NULL,
        instance TEXT NOT NULL,      -- one run of the bot
        from_at TEXT NOT NULL,
        until_at TEXT NOT NULL,
        PRIMARY KEY (team_id, instance)
    )
    """,
    "CREATE INDEX listening_by_end ON listening (team_id, until_at)",
)

WORTH_UNTIL: Final[tuple[str, ...]] = (
    # Null: worth saying however late.
    "ALTER TABLE outbox ADD COLUMN worth_until TEXT",
)
CHARTS: Final[tuple[str, ...]] = (
    "ALTER TABLE workspaces ADD COLUMN draws_charts INTEGER NOT NULL DEFAULT 1",
)
