"""Links to messages that were sent; formed from the workspace's address, never asked of Slack."""

from collections.abc import Iterable

from data import Database, outbox, workspaces
from data.outbox import Spot
from domain.deliverables import Source


def link_to(db: Database, team_id: str, key: str) -> str | None:
    """Where the post of a key can be seen; None as long as it is not in Slack."""
    sent = outbox.sent_to(db, team_id, key)
    workspace = None if sent is None else workspaces.get(db, team_id)
    if sent is None or workspace is None:
        return None
    return _link(workspace.url, sent)


def _link(url: str, sent: Spot) -> str:
    link = f"{url}archives/{sent.channel}/p{sent.ts.replace('.', '')}"
    if sent.root_ts is None:
        return link
    # Slack: a link to a reply names its thread, else the channel opens at the wrong place.
    return f"{link}?thread_ts={sent.root_ts}&cid={sent.channel}"


def links_to(db: Database, team_id: str, keys: Iterable[str]) -> dict[str, str | None]:
    """As `link_to` for some posts, by their keys; every key is in it."""
    found: dict[str, str | None] = dict.fromkeys(keys)
    sent = outbox.some_sent(db, team_id, found)
    workspace = workspaces.get(db, team_id) if sent else None
    if workspace is not None:
        found |= {key: _link(workspace.url, spot) for key, spot in sent.items()}
    return found


def post_source(db: Database, team_id: str, key: str) -> Source | None:
    """The post of a key as the source of something; None as long as it is not in Slack."""
    row = outbox.by_key(db, team_id, key)
    if row is None or row.channel is None or row.ts is None:
        return None
    root = None if row.thread_of is None else outbox.state_of(db, team_id, row.thread_of)
    return Source(channel=row.channel, ts=row.ts, thread_ts=None if root is None else root.ts)


def message_link(
    db: Database, team_id: str, channel: str, ts: str, thread_ts: str | None
) -> str | None:
    """Where somebody's message can be seen; None as long as the workspace is not known."""
    workspace = workspaces.get(db, team_id)
    if workspace is None:
        return None
    link = f"{workspace.url}archives/{channel}/p{ts.replace('.', '')}"
    return link if thread_ts is None else f"{link}?thread_ts={thread_ts}&cid={channel}"
