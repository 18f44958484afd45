import pytest

from domain.advisors import Advising, Step, Unfit, steps, unfit
from domain.people import Member
from tests.partners import member

KIM = "kim"


@pytest.mark.parametrize(
    ("known", "picked", "taken"),
    [
        pytest.param([], [KIM], {KIM: "proposed"}, id="somebody new waits for the other side"),
        pytest.param(["client"], [KIM], {}, id="named again by the side that proposes"),
        pytest.param(["client"], [], {KIM: "taken_back"}, id="an own proposal, left out"),
        pytest.param(["vendor"], [KIM], {KIM: "agreed"}, id="named by the other side, too"),
        pytest.param(["vendor"], [], {}, id="what the other side proposes, not decided"),
        pytest.param([None], [KIM], {}, id="one who watches, named"),
        pytest.param([None], [], {KIM: "ended"}, id="one who watches, left out"),
    ],
)
def test_a_lead_of_the_client_names_all_who_are_to_watch(
    known: list[str | None], picked: list[str], taken: dict[str, Step]
) -> None:
    sides = {"client": "client", "vendor": "vendor"}
    before = [Advising(person_id=KIM, proposed_by=sides.get(one)) for one in known]  # type: ignore[arg-type]

    assert steps("client", before, picked) == taken


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        pytest.param(member(None, "observer", is_guest=True), None, id="a guest"),
        pytest.param(member("client", "observer"), None, id="who reads along for a side"),
        pytest.param(member("vendor", "sponsor"), "listed", id="a sponsor"),
        pytest.param(member("client", "lead"), "listed", id="a lead"),
        pytest.param(member(None, "observer", is_bot=True), "bot", id="an app"),
        pytest.param(member(None, "observer", deleted=True), "gone", id="somebody deactivated"),
        pytest.param(None, "absent", id="somebody who is not here"),
    ],
)
def test_who_can_be_an_advisor(one: Member | None, reason: Unfit | None) -> None:
    assert unfit(one) == reason
