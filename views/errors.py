"""The sentences for what went wrong: what happened, and what to do about it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from domain.errors import (
    ForeignForm,
    ImpossibleHours,
    ImpossibleRule,
    MalformedCalendar,
    MalformedMoment,
    NaiveMoment,
    NegativeAmount,
    NotInAForm,
    TimeOutOfRange,
    TouchbaseError,
    UnknownHolidays,
    UnknownZone,
    WallTimeWithZone,
)
from domain.ladder import NobodyToAsk
from domain.ladders import ImpossibleLadder
from domain.partnerships import (
    NoPartnershipHere,
    NotListed,
    OfNeitherSide,
    OfNoSide,
    ReadsAlong,
)
from domain.people import other_side
from domain.rights import NotAllowed, Standing
from domain.setups import (
    AlreadySetUp,
    AwaitsTheirLead,
    BotNotInChannel,
    CannotBeTheirLead,
    NothingToSetYet,
    NotOfThisCompany,
    NotTheirLead,
    OwnNameAcross,
    ThirdCompanyHere,
)
from domain.slack_errors import SlackBusy, SlackError, SlackRefused, SlackUnreachable
from domain.store_errors import StoreError
from domain.summaries import UnknownFinding
from domain.waits import UnknownWait, WaitsInCircle
from views import (
    advisors,
    away,
    changes,
    checkin_errors,
    checkin_reports,
    deliverable_pastes,
    deliverable_questions,
    duties,
    gap_notes,
    hand_overs,
    inputs,
    ladder,
    lessons,
    pause,
    people,
    pulse_errors,
    raising,
    signed,
    sponsors,
    topics,
    waits,
    written_forms,
)
from views.blocks import Block, Drawn, context, mention, modal, plural, quoted, section
from views.setup import LEAD_TROUBLES

WHO: Mapping[Standing, str] = {
    "listed": "leads and members of either side",
    "owner": "its owner",
    "author": "who wrote it",
    "side_lead": "a lead of that side",
    "any_lead": "a lead of either side",
    "installer": "the person who set Touchbase up",
    "guest_lead": "a lead of the side that was invited",
    "watcher": "sponsors and advisors",
    "receiver": "leads and members of the side for which it is",
    "fellow": "anybody who takes part for that side",
}

# Nobody else is told that somebody is away.
_UNSAID: Final[frozenset[Standing]] = frozenset({"stand_in"})
LEADS_MOST: Final = 5
ASK_DOCTOR: Final = "`python bot.py doctor` lists it, for whoever runs Touchbase."
REMEDIES: Final[Mapping[str, str]] = {
    "not_in_channel": "Write `/invite @touchbase` there, then ask me again.",
    "channel_not_found": "Write `/invite @touchbase` there, then ask me again.",
    "is_archived": "The channel is archived.",
    "missing_scope": "The app lacks a permission: `python bot.py doctor` names it.",
}


def sentence(error: Exception, language: str = "en") -> str | None:  # noqa: ARG001 (one language)
    """What a person is told about ``error``; None when it is not one that people can mend."""
    for kind in type(error).__mro__:
        drawn = SENTENCES.get(kind)
        if drawn is not None:
            return drawn(error)
    return None


def not_started(error: SlackError) -> str:
    """Why the bot did not start, for whoever runs it."""
    if not isinstance(error, SlackRefused):
        return "Slack cannot be reached, so nothing was started. Is this machine online?"
    return (
        f"Slack does not accept SLACK_BOT_TOKEN ({error.code}), so nothing was started. The token"
        " stands at api.slack.com/apps > your app > OAuth & Permissions."
    )


def refused_delivery(place: str, reason: str) -> Drawn:
    """What somebody is told whose words Slack would not take; ``reason`` is Slack's code."""
    where = f" in <#{place}>" if place.startswith("C") else ""
    text = f"Slack did not take what you asked me to say{where} ({quoted(reason)})."
    return Drawn(text=text, blocks=(section(text), context(REMEDIES.get(reason, ASK_DOCTOR))))


def unexpected(reference: str, language: str = "en") -> str:  # noqa: ARG001 (one language)
    """What a person is told when something broke; the log has the same reference."""
    return (
        "Something went wrong on Touchbase's side, and nothing was changed."
        f" Please try again; if it happens again, tell who runs Touchbase this: {reference}."
    )


def unknown_command(command: str, language: str = "en") -> str:  # noqa: ARG001 (one language)
    return f"Touchbase does not know {quoted(command)} yet. `/touchbase help` shows what it knows."


def unknown_press(language: str = "en") -> str:  # noqa: ARG001 (one language)
    return (
        "This button is from another version of Touchbase and does nothing any more."
        " Mention me in the channel for fresh buttons."
    )


def unknown_form(language: str = "en") -> str:  # noqa: ARG001 (one language)
    return "This form is from another version of Touchbase. Please open it again."


def notice(text: str) -> Block:
    """A form without fields that says one thing; what was typed below it stays."""
    return modal("touchbase.notice", "Touchbase", [section(text)])


def _not_allowed(error: NotAllowed) -> str:
    who = dict(WHO)
    if error.whose is not None:
        who["side_lead"] = f"a lead of {quoted(error.whose, 60)}"
        who["fellow"] = f"anybody who takes part for {quoted(error.whose, 60)}"
    allowed = " or ".join(who[standing] for standing in sorted(error.allowed - _UNSAID))
    return f"This can be done by {allowed}."


def _not_listed(known: Sequence[str]) -> str:
    """``known``: Slack ids of the leads who can change it."""
    leads = " or ".join(mention(one) for one in known[:LEADS_MOST])
    who = f"A lead can add you ({leads})" if leads else "A lead of your side can add you"
    return (
        f"You are not on either side's list in this channel. {who}:"
        " *More* in the hub, then *People*."
    )


def _reads_along(error: ReadsAlong) -> str:
    side = quoted(error.side_name, 60)
    named = " or ".join(mention(one) for one in error.leads[:LEADS_MOST])
    if error.awaits_consent:
        can = f"{named} can, with the button in my first post."
        anybody = f"Anybody of {side} can, with *Agree* in my first post, and becomes its lead."
        return f"{side} has not agreed yet. {can if named else anybody}"
    if not named:
        return f"You read along here. {side} has no lead in this channel yet who could add you."
    return f"You read along here. A lead of {side} can add you: {named}."


def _no_partnership(error: NoPartnershipHere) -> str:
    if error.channel is None:
        return "This belongs in a channel that both sides share; write it there."
    return (
        "No partnership is set up in this channel yet. Somebody of the company that installed me"
        " begins with `/touchbase setup`; nothing is posted before they press *Post*."
    )


def _not_their_lead(error: CannotBeTheirLead) -> str:
    # Under a field of a form, where Slack draws no mentions.
    who, side = quoted(error.name, 60) or "This person", quoted(error.side_name, 60)
    return (
        f"{who} {LEAD_TROUBLES[error.trouble]} Somebody of {side} agrees for {side};"
        " left open, whoever of them agrees first becomes its lead."
    )


def _own_name_across(error: OwnNameAcross) -> str:
    own = other_side(error.field)
    return (
        f"{quoted(error.company, 60)} is your own company, and you chose that you are the {own}."
        f" Its name belongs under the {own}; here goes the other company's."
    )


def _awaits_their_lead(error: AwaitsTheirLead) -> str:
    side = quoted(error.side_name, 60)
    if not error.leads:
        return f"Somebody of {side}'s own company answers here, and becomes its first lead."
    named = " or ".join(mention(one) for one in error.leads[:LEADS_MOST])
    return f"{side} has a lead who answers here: {named}."


def _refused(error: SlackRefused) -> str:
    if error.code == "missing_scope":
        return f"Slack does not let Touchbase do this without the permission {error.needed}."
    return f"Slack did not do this ({error.code}). Nothing was changed here."


def _reason(error: ImpossibleRule | ImpossibleHours) -> str:
    return f"That cannot be: {quoted(error.reason)}. Please change it."


SENTENCES: Mapping[type[BaseException], Callable[[Any], str]] = {
    NotAllowed: _not_allowed,
    AwaitsTheirLead: _awaits_their_lead,
    CannotBeTheirLead: _not_their_lead,
    OwnNameAcross: _own_name_across,
    NotListed: lambda _: _not_listed(()),
    OfNoSide: lambda error: _not_listed(error.leads),
    OfNeitherSide: lambda _: (
        "You belong to neither side here, so nothing in this channel waits for you."
    ),
    ReadsAlong: _reads_along,
    NoPartnershipHere: _no_partnership,
    AlreadySetUp: lambda _: (
        "Touchbase is set up in this channel already. `/touchbase setup` shows its settings."
    ),
    BotNotInChannel: lambda _: (
        "I am not in this channel yet. Write `/invite @touchbase` here, then try again."
    ),
    ThirdCompanyHere: lambda _: (
        "Another company shares this channel, and I speak only where the two sides are among"
        " themselves. Please set me up in a channel of just the two."
    ),
    NotOfThisCompany: lambda _: (
        "Touchbase is set up by the company that installed it."
        " Once it is, everything here works for you with buttons and mentions."
    ),
    NotTheirLead: lambda error: (
        f"This is for {quoted(error.side_name)} to decide: somebody of their company answers."
    ),
    NothingToSetYet: lambda _: (
        "The other company chose not to use Touchbase here, so nothing runs."
        " That side can still agree, in my first post."
    ),
    WaitsInCircle: waits.in_circle,
    UnknownWait: lambda _: "It waits for this no more.",
    UnknownFinding: lambda _: "This is not open any more.",
    UnknownZone: lambda error: (
        f"I know no time zone called {quoted(error.name)}."
        " A city works: `New York`, `Manila`, `Europe/Berlin`."
    ),
    UnknownHolidays: lambda error: f"I know no public holidays for {quoted(error.country)}.",
    TimeOutOfRange: lambda error: f"The year {error.year} is too far away. Please check the date.",
    ImpossibleRule: _reason,
    ImpossibleHours: _reason,
    ImpossibleLadder: ladder.trouble,
    NobodyToAsk: raising.nobody_to_ask,
    StoreError: lambda _: (
        "Touchbase cannot write anything down right now, so nothing was changed. Whoever runs it"
        " finds the reason in its log. Please try again later."
    ),
    SlackUnreachable: lambda _: "Slack did not answer in time. Please try again in a moment.",
    SlackBusy: lambda error: (
        f"Slack asks to wait {plural(int(error.retry_after.total_seconds()), 'second')}."
        " Please try again then."
    ),
    SlackRefused: _refused,
    **people.SENTENCES,
    **advisors.SENTENCES,
    **away.SENTENCES,
    **changes.SENTENCES,
    **duties.SENTENCES,
    **deliverable_pastes.SENTENCES,
    **hand_overs.SENTENCES,
    **pause.SENTENCES,
    **inputs.SENTENCES,
    ForeignForm: lambda _: (
        "I cannot tell what this form was about any more. Please open it again and send it anew."
    ),
    NotInAForm: lambda _: "This works only in a form that is open. Please open it again.",
    **checkin_errors.SENTENCES,
    **checkin_reports.SENTENCES,
    **written_forms.SENTENCES,
    **pulse_errors.SENTENCES,
    **lessons.SENTENCES,
    **signed.SENTENCES,
    **topics.SENTENCES,
    **gap_notes.SENTENCES,
    **deliverable_questions.SENTENCES,
    **sponsors.SENTENCES,
}
"""By class; a class without an entry of its own takes its parent's."""

UNEXPECTED: Final[frozenset[type[TouchbaseError]]] = frozenset(
    {MalformedCalendar, MalformedMoment, NaiveMoment, NegativeAmount, WallTimeWithZone}
)
"""Errors of ours that no person can mend: they are told with a reference, and logged."""
