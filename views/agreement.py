"""What begins once both sides agreed, one sentence each: read before set-up and before a yes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.cadences import Plan
from domain.countries import country_of
from domain.ladders import STANDARD
from domain.partnerships import Template
from domain.setups import NAME_MOST
from domain.templates import STARTS
from domain.topics import CRITICAL, FOR_LEADS
from views import templates
from views.blocks import quoted
from views.hub import reply_words
from views.ladder import ladder_words
from views.presets import proposal_words
from views.pulse import first_question
from views.times import moment_in_zones


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """A check-in that is proposed by itself, and its first start."""

    plan: Plan
    first_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What a lead of the other side agrees to.

    Attributes:
        zones: IANA zones of both sides, the reader's first.
        check_in_at: The first check-in that the template begins with.
        outside: Names of the sides for which it falls outside their hours, or on a day off.
        has_weekly: The template's weekly check-in begins.
        further: What is proposed to them by itself, once they agreed.
    """

    template: Template
    zones: Sequence[str]
    check_in_at: datetime
    reply_time: timedelta
    outside: Sequence[str] = ()
    has_weekly: bool = True
    further: Sequence[Further] = ()


def begins(agreement: Agreement) -> list[str]:
    """Everything that begins then, a line each."""
    return [
        *(_weekly_words(agreement) if agreement.has_weekly else []),
        *[_further_words(one, agreement.zones) for one in agreement.further],
        *_pulse_and_summary(agreement.template),
        f"• Normal answer: within {reply_words(agreement.reply_time)}.",
        f"• Reminders of what is owed: {ladder_words(STANDARD)}.",
        "• Hours: Monday to Friday, 09:00 to 18:00 in each side's zone,"
        f" {_holiday_words(agreement)}. A lead can add days off.",
    ]


def _weekly_words(agreement: Agreement) -> list[str]:
    start = STARTS[agreement.template]
    return [
        f"• {templates.CHECK_IN_TITLES[agreement.template]}: every week, {start.minutes} minutes,"
        f" first on {moment_in_zones(agreement.check_in_at, agreement.zones)}."
        f"{_outside_words(agreement)}",
        *_topic_words(agreement.template),
    ]


def _further_words(one: Further, zones: Sequence[str]) -> str:
    """What is proposed by itself, with its first start."""
    return (
        f"• Proposed, for a yes of its own: {proposal_words(one.plan)}."
        f" First on {moment_in_zones(one.first_at, zones)}."
    )


def _outside_words(agreement: Agreement) -> str:
    if not agreement.outside:
        return ""
    names = " and of ".join(quoted(name, NAME_MOST) for name in agreement.outside)
    return (
        f" That is outside the hours of {names}: your hours overlap too little."
        " A lead of either side can move it."
    )


def _topic_words(template: Template) -> list[str]:
    usual = STARTS[template].topics
    if not usual:
        return []
    shown = [code for code in CRITICAL if code not in FOR_LEADS]
    among_leads = [code for code in CRITICAL if code in FOR_LEADS]
    return [
        f"• Talked about regularly: {templates.topics_listed(usual)}. Every few weeks also"
        f" {templates.topics_listed(shown)}; among the leads alone"
        f" {templates.topics_listed(among_leads)}. Leads of either side change them."
    ]


def _pulse_and_summary(template: Template) -> list[str]:
    start, lines = STARTS[template], []
    if start.pulse:
        lines.append(
            f"• Once a week one question, answered without names; the first: {first_question()}"
            " The others are about expectations, the work, how much it is, and the tone."
        )
    if start.summary:
        lines.append(
            "• A summary of the week for the leads; in the channel once the leads of both sides"
            " choose so."
        )
    return lines or ["• No survey and no summary."]


def _holiday_words(agreement: Agreement) -> str:
    countries = dict.fromkeys(country_of(zone) for zone in agreement.zones)
    known = [country for country in countries if country]
    return f"without the public holidays of {' and '.join(known)}" if known else "holidays included"
