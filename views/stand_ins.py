"""What a stand-in reads of somebody's things, and what who comes back reads of what changed."""

from dataclasses import replace
from datetime import datetime

from domain import zones
from views.blocks import mention
from views.daily_sections import Section
from views.times import day_words


def stood_in(section: Section, owner: str, until_at: datetime, zone: str) -> Section:
    """What somebody away owes, said to whoever is asked meanwhile, where nobody else reads it.

    Args:
        owner: Slack id of who is away.
        zone: Of the reader.
    """
    until = day_words(zones.local(until_at, zone).date())
    return replace(section, head=f"For {mention(owner)}, who is away until {until}:")
