"""What is talked about regularly: its words, on agendas, in the list and in what is told of it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from domain.agenda import Agenda
from domain.partnerships import Partnership
from domain.people import SIDES
from domain.topics import (
    TOPICS_MOST,
    WEEKS_MOST,
    WORDS_MOST,
    NamelessTopic,
    NoSuchRhythm,
    Outcome,
    TooManyTopics,
    Topic,
    TopicAudience,
    TopicChange,
    TopicChangedLongAgo,
    TopicChangedSince,
    UnknownTopic,
)
from domain.zones import local
from views.blocks import (
    Block,
    Blocks,
    Drawn,
    actions,
    button,
    context,
    field,
    modal,
    option,
    plural,
    quoted,
    section,
    select,
    text_input,
)
from views.checkins import home_zone, name
from views.templates import TOPICS, listed
from views.times import day_words

OPEN: Final = "topics.open"
NEW: Final = "topics.new"
EDIT: Final = "topics.edit"
RETIRE: Final = "topics.retire"
NONE: Final = "topics.none"
SOME: Final = "topics.some"
FOR_LEADS: Final = "topics.for_leads"
ADD: Final = "topics.add"
UNDO: Final = "topics.undo"
LIST: Final = "topics.list"
FORM: Final = "topics.form"
LEADS_VIEW: Final = "topics.leads_view"

_SAID_MOST: Final = 12
_OUTCOME_WORDS: Final[Mapping[Outcome, str]] = {
    "decided": "decided",
    "parked": "parked",
    "not_reached": "not reached",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A topic in the list. ``covered_at`` None: it was not talked about yet."""

    topic: Topic
    covered_at: datetime | None


def plain_words(topic: Topic) -> str:
    """What a topic is called, as typed."""
    return topic.words or TOPICS.get(topic.code or "", topic.code or "")


def words(topic: Topic) -> str:
    """What a topic is called, harmless within our own words."""
    return quoted(plain_words(topic), WORDS_MOST)


def called(topic: Topic) -> str:
    """The same at the beginning of a line; a name that begins like "eBay" stays as it is."""
    plain = plain_words(topic)
    first = plain.split(maxsplit=1)[0] if plain.strip() else ""
    begins = plain[:1].upper() + plain[1:] if first.islower() else plain
    return quoted(begins, WORDS_MOST)


def outcome_words(outcome: Outcome | None) -> str:
    """Behind what was talked about: ": decided"; nothing where nobody said."""
    return "" if outcome is None else f": {_OUTCOME_WORDS[outcome]}"


def to_talk_about(partnership: Partnership, built: Agenda) -> list[str]:
    """The topics of an agenda that both sides may read, and how many more the leads have."""
    lines = []
    to_say = left_to_say(built)
    if to_say:
        every = [words(one) + _became(built, one) for one in to_say[:_SAID_MOST]]
        left = len(to_say) - _SAID_MOST
        every += [f"{left} more"] if left > 0 else []
        lines.append(f"To talk about: {listed(every)}.")
    said = _none_words(partnership, built)
    if said:
        lines.append(f"Upcoming changes: {said}.")
    if built.for_leads:
        lines.append(for_leads_words(built.for_leads))
    return lines


def left_to_say(built: Agenda) -> list[Topic]:
    """The topics of an agenda about which not both sides have said that there is nothing."""
    return [one for one in built.topics if len(built.nones.get(one.id, ())) < len(SIDES)]


def for_leads_words(count: int) -> str:
    """How many topics only leads may read, as one sentence; at least one."""
    return f"{plural(count, 'topic')} for the leads."


def _became(built: Agenda, topic: Topic) -> str:
    outcome = built.outcomes.get(topic.id)
    return "" if outcome is None else f" ({_OUTCOME_WORDS[outcome]})"


def none_buttons(turn_id: str, built: Agenda) -> list[Block]:
    """With which a side says that it plans no changes, or that it has some after all."""
    topic = built.changes
    if topic is None:
        return []
    value = _at_turn(turn_id, topic.id)
    row = [button("No upcoming changes", NONE, value)]
    if built.nones.get(topic.id):
        row.append(button("We have changes", SOME, value))
    return row


def for_leads_button(turn_id: str) -> Block:
    return button("For the leads", FOR_LEADS, turn_id)


def for_leads(partnership: Partnership, due: Sequence[Listed]) -> Block:
    """The topics of a turn that only leads may read, for one of them alone."""
    lines = "\n".join(f"• {called(one.topic)}: {_since(partnership, one)}." for one in due)
    said = lines or "Nothing for the leads alone is due at this check-in."
    blocks = [section(said), context("Only leads of both sides can open this.")]
    return modal(LEADS_VIEW, "For the leads", blocks, metadata=_metadata(partnership))


def opener(partnership_id: str) -> Drawn:
    """Said where no form can open: a button that opens the list."""
    text = "Press to see what check-ins come back to."
    row = actions(button("Topics", OPEN, partnership_id), block_id="topics")
    return Drawn(text=text, blocks=(section(text), row))


def topic_list(partnership: Partnership, every: Sequence[Listed], *, is_lead: bool) -> Block:
    """All topics that the reader may know of; leads can change them."""
    blocks: Blocks = [
        section(
            "What check-ins come back to. A topic that was not decided or parked for its number of"
            " weeks stands on the next agenda."
        )
    ]
    for one in every:
        edit = button("Change", EDIT, _value(partnership, one.topic.id)) if is_lead else None
        blocks.append(section(_entry(partnership, one), accessory=edit, block_id=one.topic.id))
    if not every:
        blocks.append(section("No topics yet."))
    if is_lead:
        blocks.append(actions(button("New topic", NEW, partnership.id)))
    else:
        blocks.append(context("Leads of either side can change them."))
    return modal(LIST, "Topics", blocks, metadata=_metadata(partnership))


def topic_form(partnership: Partnership, topic: Topic | None, new_id: str) -> Block:
    """The form of a new topic, or of one as it is; what is for the leads stays with them."""
    said = "" if topic is None else plain_words(topic)
    weeks = 4 if topic is None else topic.every_weeks
    blocks: Blocks = [
        field("words", "What to talk about", text_input(initial=said, most=WORDS_MOST)),
        field("every", "At least every", select(_every_options(weeks), str(weeks))),
    ]
    if topic is None or topic.audience == "both":
        blocks.append(
            field(
                "audience",
                "Who reads it on the agenda",
                select(
                    [option("Both sides", "both"), option("The leads of both sides", "leads")],
                    "both",
                ),
            )
        )
    else:
        blocks.append(context("This is for the leads of both sides, and stays with them."))
    if topic is not None:
        retire = button("Take it off", RETIRE, _value(partnership, topic.id))
        blocks.append(actions(retire, block_id="retire"))
    carried = {"topic": new_id if topic is None else topic.id, "change": new_id}
    metadata = json.dumps(json.loads(_metadata(partnership)) | carried)
    title = "New topic" if topic is None else "Change a topic"
    return modal(FORM, title, blocks, submit="Save", metadata=metadata)


def told(partnership: Partnership, change: TopicChange) -> Drawn:
    """What both sides read of a change in the thread; of what is for the leads only that it is."""
    undo = [] if change.undone_at else [button("Undo", UNDO, change.id)]
    text = _told_words(partnership, change)
    row = [actions(*undo, block_id=f"topic-{change.id}")] if undo else []
    return Drawn(text=text, blocks=(section(text), *row))


def gap_words(partnership: Partnership, topic: Topic, covered_at: datetime | None) -> str:
    """As one sentence that blames nobody."""
    name_of = f"*{called(topic)}*" + (" (for the leads)" if topic.audience == "leads" else "")
    often = every_words(topic.every_weeks)
    if covered_at is None:
        return f"{name_of}: not talked about yet; it comes up at least {often}."
    day = day_words(local(covered_at, home_zone(partnership)).date())
    return f"{name_of}: last talked about {day}; it comes up at least {often}."


def every_words(weeks: int) -> str:
    """In the form "every week", "every 4 weeks"."""
    return "every week" if weeks == 1 else f"every {plural(weeks, 'week')}"


def read_at_turn(value: str) -> tuple[str, str]:
    """The ids of a turn and a topic out of a button's value.

    Raises:
        UnknownTopic: It carries something else.
    """
    first, _, second = value.partition("|")
    if not first or not second:
        raise UnknownTopic
    return first, second


def _told_words(partnership: Partnership, change: TopicChange) -> str:
    by, before, after = name(partnership, change.side), change.before, change.after
    if change.undone_at is not None:
        return f"{by} changed a topic of check-ins; it was taken back."
    if after.audience == "leads":
        return f"{by} changed a topic of check-ins that is for the leads."
    often = every_words(after.every_weeks)
    if before is None:
        return f"{by} added a topic to check-ins: *{words(after)}*, at least {often}."
    if after.retired_at is not None:
        return f"{by} took a topic off check-ins: *{words(after)}*."
    was = [words(before)] if words(before) != words(after) else []
    was += [every_words(before.every_weeks)] if before.every_weeks != after.every_weeks else []
    old = f" (before: {', '.join(was)})" if was else ""
    return f"{by} changed a topic of check-ins: *{words(after)}*, at least {often}{old}."


def _none_words(partnership: Partnership, built: Agenda) -> str:
    topic = built.changes
    if topic is None:
        return ""
    said = built.nones.get(topic.id, frozenset())
    return listed([f"none at {name(partnership, side)}" for side in SIDES if side in said])


def _entry(partnership: Partnership, one: Listed) -> str:
    leads = " For the leads." if one.topic.audience == "leads" else ""
    often = every_words(one.topic.every_weeks)
    return f"*{called(one.topic)}*: at least {often}, {_since(partnership, one)}.{leads}"


def _since(partnership: Partnership, one: Listed) -> str:
    if one.covered_at is None:
        return "not talked about yet"
    return f"last {day_words(local(one.covered_at, home_zone(partnership)).date())}"


def _every_options(weeks: int) -> list[Block]:
    usual = {1, 2, 3, 4, 6, 8, 13, 26, WEEKS_MOST, weeks}
    return [option(every_words(one)[6:].capitalize(), str(one)) for one in sorted(usual)]


def _at_turn(turn_id: str, topic_id: str) -> str:
    return f"{turn_id}|{topic_id}"


def _value(partnership: Partnership, topic_id: str) -> str:
    return f"{partnership.id}|{topic_id}"


def _metadata(partnership: Partnership) -> str:
    return json.dumps({"partnership": partnership.id, "channel": partnership.channel})


def read_audience(said: str) -> TopicAudience | None:
    """Who reads it; None: it was not asked."""
    return "leads" if said == "leads" else "both" if said == "both" else None


SENTENCES: Final[Mapping[type[BaseException], Callable[[Any], str]]] = {
    UnknownTopic: lambda _: "I know this topic no more. *Topics* shows those that there are.",
    NamelessTopic: lambda _: "Please say in some words what it is about.",
    NoSuchRhythm: lambda _: f"Please choose from 1 to {WEEKS_MOST} weeks.",
    TooManyTopics: lambda _: (
        f"There are {TOPICS_MOST} topics already. Take one off before adding another."
    ),
    TopicChangedSince: lambda _: (
        "This topic was changed again since, so there is nothing to take back. *Topics* shows it."
    ),
    TopicChangedLongAgo: lambda _: (
        "A change of a topic can be taken back for a day. *Topics* changes it at any time."
    ),
}
