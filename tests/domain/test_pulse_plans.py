from hypothesis import given
from hypothesis import strategies as st

from domain.pulse_plans import USUAL, PulsePlan, plan_of

plans = st.builds(
    PulsePlan,
    questions=st.integers(1, 3),
    own=st.lists(st.text(min_size=1), max_size=3).map(tuple),
    means=st.sampled_from(["leads", "channel"]),
    is_signed=st.booleans(),
    is_quarterly=st.booleans(),
)


@given(plan=plans)
def test_a_plan_is_read_from_its_code(plan: PulsePlan) -> None:
    assert plan_of(plan.code) == plan


def test_the_usual_plan_takes_no_room() -> None:
    assert USUAL.code == ""
    assert plan_of("") == USUAL
