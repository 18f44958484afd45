"""What apps offered for external selects, so that people can choose only from that."""

from dataclasses import dataclass, field
from typing import Final

from sandbox.block_objects import OPTION, OPTION_GROUP
from sandbox.block_rules import Problem, Rule, array
from sandbox.elements import Place
from sandbox.ports import Json

EXTERNAL: Final = frozenset({"external_select", "multi_external_select"})
MOST_REMEMBERED: Final = 1000
_LISTS: Final[dict[str, Rule]] = {
    # Slack: at most 100 options, in at most 100 groups; nothing found is an empty list.
    "options": array(OPTION, at_least=0, at_most=100),
    "option_groups": array(OPTION_GROUP, at_least=0, at_most=100),
}


def offer_problems(offer: object) -> list[Problem]:
    """What is wrong with an app's answer to the question for options; empty when all is well."""
    given = [key for key in _LISTS if isinstance(offer, dict) and offer.get(key) is not None]
    if not isinstance(offer, dict) or len(given) != 1:
        return [Problem("", "needs exactly one of options, option_groups")]
    return list(_LISTS[given[0]](offer[given[0]], f"/{given[0]}"))


@dataclass(slots=True)
class Offers:
    """By surface (a view's id, or channel and stamp), block, element and person."""

    _options: dict[tuple[str, tuple[str, str], str], dict[str, Json]] = field(default_factory=dict)

    def keep(self, surface: str, place: Place, user_id: str, offer: Json) -> None:
        """Remember an offer; earlier ones stay, since what was chosen before may stay chosen."""
        groups = offer.get("option_groups") or [{"options": offer.get("options") or []}]
        known = self._options.setdefault((surface, place.key, user_id), {})
        for option in (option for group in groups for option in group["options"]):
            known.pop(option["value"], None)
            known[option["value"]] = option
        for old in list(known)[:-MOST_REMEMBERED]:
            del known[old]

    def element(self, surface: str, place: Place, user_id: str) -> Json:
        """The element with what it offers to this person; any other element as it is."""
        element = place.element
        if element["type"] not in EXTERNAL:
            return element
        single = element.get("initial_option")
        drawn = [*element.get("initial_options", ()), *([single] if single else ())]
        known = self._options.get((surface, place.key, user_id), {})
        return element | {"options": [*drawn, *known.values()]}
