from pathlib import Path

import pytest

from tests.flows.conftest import CHANNEL, Touchbase, action_ids, texts
from tests.flows.small_world import small_world
from tests.people import Json


@pytest.fixture
def world(tmp_path: Path) -> Path | None:
    return small_world(tmp_path)


def listed(touchbase: Touchbase, user: str = "maria") -> str:
    return texts(touchbase.slack.command(CHANNEL, user, "/touchbase", "people"))


def ids(touchbase: Touchbase, *names: str) -> list[str]:
    return [touchbase.slack.user_id(name) for name in names]


def asked(touchbase: Touchbase, user: str) -> Json:
    """What a lead was asked when everybody was known."""
    whom = touchbase.slack.user_id(user)
    found = [
        m
        for m in touchbase.messages()
        if m.get("ephemeral_to") == whom and "people.pick" in action_ids(m)
    ]
    assert found, f"{user} was not asked"
    return found[-1]


def pick(touchbase: Touchbase, user: str, ts: str, **values: list[str]) -> Json:
    touchbase.slack.click(user, "people.pick", channel=CHANNEL, ts=ts)
    given = {field: {"value": chosen} for field, chosen in values.items()}
    return touchbase.slack.submit(user, values=given)


def test_people_are_proposed_and_the_leads_confirm_their_own_side(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.advance("PT1M")
    before = listed(touchbase)

    touchbase.slack.click(
        "maria", "people.confirm", channel=CHANNEL, ts=asked(touchbase, "maria")["ts"]
    )
    touchbase.calm()
    after = listed(touchbase)

    client, _, vendor = after.partition("*Globalcall*")
    assert before.count("Not confirmed yet") == 2
    assert "Not confirmed yet" not in client
    assert "Not confirmed yet" in vendor
    assert f"<@{touchbase.slack.user_id('james')}>" in client.split("Members:")[1]


def test_the_other_companys_lead_is_asked_only_after_it_agreed(touchbase: Touchbase) -> None:
    touchbase.set_up(other_lead=touchbase.slack.user_id("ana"))
    touchbase.slack.advance("PT1M")
    ana = touchbase.slack.user_id("ana")

    assert not [m for m in touchbase.messages() if m.get("ephemeral_to") == ana]

    touchbase.agree()
    touchbase.slack.advance("PT1M")
    touchbase.slack.click(
        "ana", "people.confirm", channel=CHANNEL, ts=asked(touchbase, "ana")["ts"]
    )
    touchbase.calm()

    assert "Not confirmed yet" not in listed(touchbase).partition("*Globalcall*")[2]


def test_a_lead_picks_who_works_on_it_and_who_leads(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.advance("PT1M")
    ts = asked(touchbase, "ana")["ts"]

    saved = pick(
        touchbase,
        "ana",
        ts,
        leads=ids(touchbase, "ana", "miguel"),
        members=ids(touchbase, "liza"),
    )

    shown = texts(saved["view"]).partition("*Globalcall*")[2]
    leads, _, members = shown.partition("Members:")
    assert all(one in leads for one in ids(touchbase, "ana", "miguel"))
    assert ids(touchbase, "liza")[0] in members
    assert "3 people more read along" in members


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("james", "on the other side", id="somebody of the other side"),
        pytest.param("vic", "not in this channel", id="somebody who is not here"),
        pytest.param("touchbase", "not in this channel", id="the bot itself"),
    ],
)
def test_a_lead_cannot_list_somebody_else(touchbase: Touchbase, name: str, told: str) -> None:
    touchbase.agreed()
    touchbase.slack.advance("PT1M")
    ts = asked(touchbase, "ana")["ts"]

    refused = pick(touchbase, "ana", ts, members=ids(touchbase, name))

    assert told in refused["errors"]["members"]
    assert "<@" not in refused["errors"]["members"]


def test_somebody_of_a_third_company_can_be_listed_by_nobody(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.do("member", channel=CHANNEL, user="nora", joined=True)
    touchbase.slack.advance("PT1M")

    refused = pick(
        touchbase,
        "maria",
        asked(touchbase, "maria")["ts"],
        members=ids(touchbase, "nora"),
    )

    assert "neither company" in refused["errors"]["members"]


def test_a_guest_is_never_guessed_and_listed_by_whoever_names_the_guest(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    touchbase.slack.do("member", channel=CHANNEL, user="kim", joined=True)
    touchbase.slack.advance("PT1M")
    before = listed(touchbase)

    pick(touchbase, "ana", asked(touchbase, "ana")["ts"], members=ids(touchbase, "kim"))
    after = listed(touchbase)

    assert ids(touchbase, "kim")[0] not in before
    assert "1 person of neither side" in before
    assert ids(touchbase, "kim")[0] in after.partition("*Globalcall*")[2]


def test_who_is_no_lead_sees_the_list_and_changes_nothing(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.advance("PT1M")

    said = touchbase.slack.command(CHANNEL, "james", "/touchbase", "people")

    assert action_ids(said) == set()
    assert "Leads say who is on their side" in texts(said)


def test_an_outsider_reaches_the_list_from_the_hub_and_a_mention_shows_no_names(
    touchbase: Touchbase,
) -> None:
    touchbase.agreed()
    touchbase.slack.advance("PT1M")
    hub = touchbase.message_with("hub.more")
    slack = touchbase.slack

    slack.click("ana", "hub.more", channel=CHANNEL, ts=hub["ts"])
    slack.click("ana", "hub.people", view_id=slack.modal("ana")["id"])
    from_hub = slack.modal("ana")
    slack.click("ana", "people.confirm", view_id=from_hub["id"])
    confirmed = slack.modal("ana")
    ts = slack.say(CHANNEL, "miguel", f"<@{slack.user_id('touchbase')}> people")
    touchbase.calm()
    reply = touchbase.replies(ts)[-1]

    assert "Not confirmed yet" in texts(from_hub)
    assert "Not confirmed yet" not in texts(confirmed).partition("*Globalcall*")[2]
    assert action_ids(reply) == {"people.open"}
    assert "<@" not in texts(reply)


def test_who_leaves_is_gone_and_who_comes_back_keeps_the_place(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.advance("PT1M")
    miguel = ids(touchbase, "miguel")[0]
    pick(touchbase, "ana", asked(touchbase, "ana")["ts"], members=[miguel])

    touchbase.slack.do("member", channel=CHANNEL, user="miguel", joined=False)
    gone = listed(touchbase)
    touchbase.slack.do("member", channel=CHANNEL, user="miguel", joined=True)
    back = listed(touchbase)

    assert miguel not in gone
    assert miguel in back


def test_somebody_deactivated_is_listed_no_more(touchbase: Touchbase) -> None:
    touchbase.agreed()
    touchbase.slack.advance("PT1M")
    miguel = ids(touchbase, "miguel")[0]
    pick(touchbase, "ana", asked(touchbase, "ana")["ts"], members=[miguel])

    touchbase.slack.do("user", user="miguel", deleted=True)

    assert miguel not in listed(touchbase)
