"""What people do in Slack: listeners that parse, make one call and acknowledge; no decisions."""

from typing import Final

from handlers import (
    away,
    catch_all,
    changes,
    channels,
    checkin_reports,
    checkins,
    commands,
    compliance,
    consent,
    daily,
    deliverables,
    direct,
    gaps,
    home,
    hours,
    hub,
    invitations,
    messages,
    pause,
    people,
    proposals,
    pulse,
    setup,
    summary,
    topics,
    written,
)
from handlers.app import Registrar

REGISTRARS: Final[tuple[Registrar, ...]] = (
    commands.register,
    hub.register,
    direct.register,
    setup.register,
    changes.register,
    consent.register,
    checkins.register,
    checkin_reports.register,
    invitations.register,
    proposals.register,
    written.register,
    compliance.register,
    deliverables.register,
    daily.register,
    home.register,
    pulse.register,
    topics.register,
    gaps.register,
    summary.register,
    people.register,
    away.register,
    hours.register,
    pause.register,
    channels.register,
    messages.register,
    # The subjects stand above; what catches the rest stays last.
    catch_all.register,
)
"""Every subject's listeners, in the order in which they are asked."""
