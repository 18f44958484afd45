from dataclasses import replace

import pytest

from domain.people import Member, Side
from domain.roster import Picked, Unfit, proposed, sides_to_note, third_companies, unfit
from tests.partners import ACME_TEAM, GLOBALCALL_TEAM, PARTNERSHIP, THIRD_TEAM, member

GUEST = member(None, "observer", id="kim", home_team=ACME_TEAM, is_guest=True, confirmed=False)
STRANGER = member(None, "observer", id="nora", home_team=THIRD_TEAM, confirmed=False)
APP = member(None, "observer", id="bot", home_team=ACME_TEAM, is_bot=True, confirmed=False)


def observer(number: int, team: str = ACME_TEAM) -> Member:
    return member(None, "observer", id=f"p{number:02}", home_team=team, confirmed=False)


def test_sides_are_guessed_from_the_workspace_and_never_for_guests_apps_and_strangers() -> None:
    members = [observer(1), observer(2, GLOBALCALL_TEAM), GUEST, STRANGER, APP]

    assert sides_to_note(PARTNERSHIP, members) == {"p01": "client", "p02": "vendor"}


@pytest.mark.parametrize(
    ("count", "found"),
    [
        pytest.param(25, 25, id="as many as can be confirmed at a glance"),
        pytest.param(26, 0, id="one more: nobody, the leads pick"),
    ],
)
def test_up_to_twenty_five_people_are_proposed(count: int, found: int) -> None:
    members = [
        observer(number, (ACME_TEAM, GLOBALCALL_TEAM)[number % 2]) for number in range(count)
    ]

    assert len(proposed(PARTNERSHIP, [*members, GUEST, STRANGER, APP])) == found


def test_leads_count_among_the_people_and_are_not_proposed_again() -> None:
    lead = member("client", id="maria")

    found = proposed(PARTNERSHIP, [lead, observer(1), observer(2, GLOBALCALL_TEAM)])

    assert found == {"p01": "client", "p02": "vendor"}


@pytest.mark.parametrize(
    ("side", "one", "reason"),
    [
        pytest.param("client", observer(1), None, id="an observer of the own workspace"),
        pytest.param("vendor", observer(1), "other_side", id="of the other workspace"),
        pytest.param("client", member("vendor"), "other_side", id="listed by the other side"),
        pytest.param(
            "client", member("vendor", "sponsor"), "other_side", id="a sponsor of the other side"
        ),
        pytest.param("client", GUEST, None, id="a guest, by the host"),
        pytest.param("vendor", GUEST, None, id="a guest, by the other side"),
        pytest.param("client", STRANGER, "neither_side", id="of a third company"),
        pytest.param("client", APP, "bot", id="an app"),
        pytest.param("client", None, "absent", id="somebody who is not here"),
        pytest.param("client", member("client", deleted=True), "gone", id="somebody deactivated"),
    ],
)
def test_whom_a_lead_may_list(side: Side, one: Member | None, reason: Unfit | None) -> None:
    assert unfit(PARTNERSHIP, side, one) == reason


def test_where_the_other_workspace_is_not_known_its_lead_may_list_outsiders() -> None:
    vendor = replace(PARTNERSHIP.vendor, slack_team=None)
    unknown = replace(PARTNERSHIP, vendor=vendor)

    assert unfit(unknown, "vendor", observer(1, GLOBALCALL_TEAM)) is None
    assert unfit(unknown, "client", observer(1, GLOBALCALL_TEAM)) == "neither_side"


def test_whoever_is_picked_several_times_has_the_most_say() -> None:
    picked = Picked(leads=("U1",), members=("U1", "U2"), sponsors=("U1", "U2", "U3"))

    assert picked.every == {"U1": "leads", "U2": "members", "U3": "sponsors"}


def test_a_third_company_is_one_of_neither_side() -> None:
    teams = {ACME_TEAM, GLOBALCALL_TEAM, THIRD_TEAM}

    assert third_companies(PARTNERSHIP, teams) == {THIRD_TEAM}
