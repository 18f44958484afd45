"""Which function plans what is due, by the kind of the wake that told so."""

from collections.abc import Mapping
from typing import Final

from services import (
    advisors,
    board_planning,
    change_posts,
    checkin_planning,
    daily,
    daily_wakes,
    deliverable_planning,
    housekeeping,
    installers,
    own_channels,
    pauses,
    pulse_planning,
    pulse_posts,
    pulse_results,
    recovery,
    roster,
    series,
    sponsor_notices,
    sponsors,
    succession,
    succession_wakes,
    summary,
    summary_wakes,
    week,
)
from services.planning import Planner

PLANNERS: Final[Mapping[str, Planner]] = {
    advisors.KIND: advisors.plan,
    "boards": board_planning.plan,
    change_posts.KIND: change_posts.plan,
    "channels": own_channels.plan,
    "checkin": checkin_planning.plan,
    checkin_planning.QUESTION: checkin_planning.plan_question,
    "deliverable": deliverable_planning.plan,
    daily.WAKE: daily.plan,
    daily_wakes.REDRAW: daily.plan,
    housekeeping.KIND: housekeeping.plan,
    installers.KIND: installers.plan,
    "pulse": pulse_planning.plan_turn,
    pulse_posts.CLOSING: pulse_planning.plan_closing,
    pulse_results.TELLING: pulse_results.plan,
    pauses.KIND: pauses.plan,
    recovery.KIND: recovery.plan,
    roster.KIND: roster.plan,
    series.KIND: series.plan,
    sponsor_notices.KIND: sponsors.plan,
    succession_wakes.KIND: succession.plan,
    summary.KIND: summary.plan,
    summary.PREVIEW: summary.plan_preview,
    summary_wakes.LIVE: summary.plan_live,
    "week": week.plan,
}
