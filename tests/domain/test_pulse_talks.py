import pytest

from domain.pulse_results import Result, result
from domain.pulse_talks import TalkingPoint, talking_point
from domain.pulse_trends import Change

GOOD = result({"client": {"4": 3, "5": 1}, "vendor": {"4": 4}})
LOW = result({"client": {"2": 3, "3": 1}, "vendor": {"3": 4}})
LOWER = result({"client": {"1": 1, "2": 3}, "vendor": {"2": 4}})
ALIKE = result({"client": {"1": 3}})
APART = result({"client": {"5": 4}, "vendor": {"3": 2, "4": 2}})
TOGETHER = result({"both": {"2": 4}})
FALLS = Change(trend="falling", by=-0.7)


@pytest.mark.parametrize(
    ("results", "falling", "expected"),
    [
        pytest.param({"tone": GOOD}, None, None, id="nothing stands out"),
        pytest.param({}, FALLS, None, id="nothing may be shown"),
        pytest.param({"tone": APART}, None, ("tone", "apart"), id="seen differently"),
        pytest.param(
            {"tone": LOW, "quality": LOWER}, None, ("quality", "low"), id="the lowest first"
        ),
        pytest.param({"tone": APART, "quality": LOW}, None, ("quality", "low"), id="low first"),
        pytest.param({"tone": LOWER, "quality": ALIKE}, None, ("quality", "alike"), id="all alike"),
        pytest.param({"tone": GOOD}, FALLS, ("tone", "falling"), id="falling over weeks"),
        pytest.param({"tone": TOGETHER}, None, ("tone", "low"), id="both together are low"),
    ],
)
def test_the_most_pressing_thing_is_the_talking_point(
    results: dict[str, Result], falling: Change | None, expected: tuple[str, str] | None
) -> None:
    found = talking_point(results, falling)

    assert (found and (found.question, found.reason)) == expected
    assert found is None or isinstance(found, TalkingPoint)
