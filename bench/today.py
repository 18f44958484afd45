"""The present moment, for what is stored before a run and for signatures; the only clock here."""

from datetime import UTC, datetime


def now() -> datetime:
    """Aware, in UTC."""
    return datetime.now(UTC)
