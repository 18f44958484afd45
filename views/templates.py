"""The words for what a kind of partnership starts with."""

from collections.abc import Mapping, Sequence
from typing import Final

from domain.partnerships import Template

NAMES: Final[Mapping[Template, str]] = {
    "call_center": "Call center",
    "agency": "Agency",
    "software_team": "Software team",
    "one_project": "One project",
    "just_check_ins": "Just check-ins",
}

CHECK_IN_TITLES: Final[Mapping[Template, str]] = {
    "call_center": "Operations review",
    "agency": "Work review",
    "software_team": "Progress review",
    "one_project": "Project review",
    "just_check_ins": "Check-in",
}

TOPICS: Final[Mapping[str, str]] = {
    "volume": "volume forecast",
    "quality": "quality",
    "staffing": "staffing",
    "training": "training",
    "work": "work under way",
    "feedback": "feedback",
    "budget": "budget",
    "progress": "progress",
    "blockers": "what waits for the other side",
    "releases": "coming releases",
    "dates": "dates",
    "performance": "performance against targets",
    "changes": "upcoming changes",
    "risks": "risks",
    "people": "people",
    "money": "pricing and invoices",
    "customers": "feedback of end customers",
}


def listed(words: list[str]) -> str:
    """In the form "one, two and three"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def topics_listed(topics: Sequence[str]) -> str:
    """The words of some topics in one line; a code without words is left out."""
    return listed([TOPICS[topic] for topic in topics if topic in TOPICS])
