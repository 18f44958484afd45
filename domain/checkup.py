"""What a check of the whole installation finds, as values; how it is looked up is not here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Topic = Literal[
    "slack", "bot_token", "app_token", "scopes", "channels", "database", "clock", "delivery", "next"
]
Level = Literal["good", "look", "bad"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        level: "look": it works, and somebody should know; "bad": something does not work.
        code: Which sentence says it.
        values: The ids, figures and names of the sentence.
    """

    topic: Topic
    level: Level
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


def is_sound(findings: list[Finding]) -> bool:
    return all(finding.level != "bad" for finding in findings)
