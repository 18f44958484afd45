from dataclasses import replace
from typing import Any

import pytest

from domain.consents import is_of_home, is_of_neither, may_speak_first
from domain.partnerships import Partnership
from domain.people import Person
from tests.partners import (
    ACME_TEAM,
    GLOBALCALL,
    GLOBALCALL_TEAM,
    THIRD_TEAM,
    member,
    partnership,
)

UNKNOWN_WORKSPACE = partnership(vendor=replace(GLOBALCALL, slack_team=None))


def person(home_team: str | None, **more: Any) -> Person:
    return Person(id="ana", slack_id="U0ANA", home_team=home_team, **more)


@pytest.mark.parametrize(
    ("who", "where", "may"),
    [
        pytest.param(person(GLOBALCALL_TEAM), partnership(), True, id="one of their workspace"),
        pytest.param(person(ACME_TEAM), partnership(), False, id="one of the home workspace"),
        pytest.param(person(THIRD_TEAM), partnership(), False, id="one of a third company"),
        pytest.param(person(None), partnership(), False, id="one we know nothing of"),
        pytest.param(person(GLOBALCALL_TEAM, is_guest=True), partnership(), False, id="a guest"),
        pytest.param(person(GLOBALCALL_TEAM, is_bot=True), partnership(), False, id="a bot"),
        pytest.param(person(GLOBALCALL_TEAM, deleted=True), partnership(), False, id="one gone"),
        pytest.param(person(THIRD_TEAM), UNKNOWN_WORKSPACE, True, id="their workspace is unknown"),
        pytest.param(person(ACME_TEAM), UNKNOWN_WORKSPACE, False, id="but surely not the home's"),
    ],
)
def test_who_may_become_their_first_lead(who: Person, where: Partnership, may: bool) -> None:
    assert may_speak_first(who, where, []) == may


def test_nobody_does_once_they_have_a_lead() -> None:
    known = [member("vendor", "lead")]

    assert not may_speak_first(person(GLOBALCALL_TEAM), partnership(), known)


@pytest.mark.parametrize(
    ("lead", "why"),
    [
        (member("client", "lead"), "the home side's lead counts for nothing here"),
        (member("vendor", "member"), "a member is no lead"),
        (member("vendor", "lead", confirmed=False), "a guess is no lead"),
        (member("vendor", "lead", deleted=True), "one who left is no lead"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_only_a_lead_of_theirs_takes_the_place(lead: object, why: str) -> None:
    assert may_speak_first(person(GLOBALCALL_TEAM), partnership(), [lead])  # type: ignore[list-item]


def test_a_colleague_of_the_installer_takes_nobodys_place() -> None:
    named = [member("vendor", "lead", home_team=ACME_TEAM)]

    assert may_speak_first(person(GLOBALCALL_TEAM), partnership(), named)


@pytest.mark.parametrize(
    ("who", "where", "neither"),
    [
        pytest.param(person(ACME_TEAM), partnership(), False, id="of the client"),
        pytest.param(person(GLOBALCALL_TEAM), partnership(), False, id="of the vendor"),
        pytest.param(person(THIRD_TEAM), partnership(), True, id="of a third company"),
        pytest.param(person(None), partnership(), False, id="of nobody knows where"),
        pytest.param(person(THIRD_TEAM), UNKNOWN_WORKSPACE, False, id="perhaps of the vendor"),
    ],
)
def test_who_is_surely_of_neither_side(who: Person, where: Partnership, neither: bool) -> None:
    assert is_of_neither(who, where) == neither


def test_a_guest_inside_the_home_workspace_is_not_of_the_home_side() -> None:
    assert is_of_home(person(ACME_TEAM), partnership())
    assert not is_of_home(person(ACME_TEAM, is_guest=True), partnership())
