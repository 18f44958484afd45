"""What stands around the file for calendars: its title, the offer of a newer one, words instead."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from domain.cadences import Cadence
from domain.invitations import NothingToInvite
from domain.partnerships import Partnership
from views.blocks import Drawn, actions, bulleted, quoted, section
from views.checkins import both_zones, home_zone, name
from views.invitation_buttons import invitation_button
from views.times import moment_in_zones, when

DATES_MOST: Final = 12
_TITLE_MOST: Final = 80


def sides(partnership: Partnership) -> str:
    """Who meets; plain text."""
    return f"{partnership.client.name} and {partnership.vendor.name}"


def title(cadence: Cadence, sequence: int) -> str:
    """How Slack names the file; plain text."""
    version = f", version {sequence + 1}" if sequence else ""
    return f"{cadence.title[:_TITLE_MOST]} (invitation{version})"


def comment(cadence: Cadence, sequence: int) -> str:
    """What stands above the file."""
    text = f"{_title(cadence)} for your calendars: open the file to add it."
    if sequence:
        text += " It replaces what an earlier one added."
    return text


def offer(cadence: Cadence) -> Drawn:
    """That calendars which took the file are out of date."""
    text = f"{_title(cadence)} has changed since the file for calendars was made."
    row = actions(invitation_button(cadence, "New invitation (.ics)"))
    return Drawn(text=text, blocks=(section(text), row))


def dates(partnership: Partnership, cadence: Cadence, starts: Sequence[datetime]) -> Drawn:
    """The next turns in words, where Slack takes no file."""
    head = f"{_title(cadence)}, to be copied into calendars:"
    zones = both_zones(partnership)
    lines = [moment_in_zones(at, zones) for at in starts[:DATES_MOST]] or ["no further turns"]
    return Drawn(
        text=f"{head} {'; '.join(lines)}",
        blocks=(section(head), section(bulleted(lines, DATES_MOST))),
    )


def there_already(
    partnership: Partnership, cadence: Cadence, made_at: datetime, link: str | None
) -> Drawn:
    """To whoever asks for a file that was posted before. ``link``: to it; None: not known."""
    posted = f"was posted {when(made_at, home_zone(partnership))}"
    where = posted if link is None else f"<{link}|{posted}>"
    text = f"The file for calendars of {_title(cadence)} {where}; nothing has changed since."
    return Drawn(text=text, blocks=(section(text),))


def not_yet(partnership: Partnership) -> Drawn:
    """To whoever asks before there is a thread."""
    guest = name(partnership, partnership.guest_side)
    text = f"The file goes into the channel, and I say nothing there before {guest} agrees."
    return Drawn(text=text, blocks=(section(text),))


def nothing_to_invite(_error: NothingToInvite) -> str:
    return "This check-in has no turns to come, so there is nothing for calendars to take."


def _title(cadence: Cadence) -> str:
    return f"*{quoted(cadence.title, _TITLE_MOST)}*"
