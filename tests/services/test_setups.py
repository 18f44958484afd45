from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data import Database, cadences, channels, journal, outbox, partnerships, people, wakes, weeks
from data.channels import Channel
from data.people import Profile
from domain.outgoing import Row
from domain.partnerships import NoPartnershipHere, OfNeitherSide, Partnership, Pause
from domain.people import Side
from domain.rights import NotAllowed
from domain.setups import (
    AlreadySetUp,
    AwaitsTheirLead,
    BotNotInChannel,
    CannotBeTheirLead,
    Draft,
    NothingToSetYet,
    NotOfThisCompany,
    NotTheirLead,
)
from services import boards, consent, corrections, guest_teams, hubs, settings, setups
from services.actors import Who
from services.deps import Deps
from services.directory import clients_of_one_workspace
from services.week import begin_week
from tests.partners import ACME_TEAM, GLOBALCALL_TEAM, MONDAY_NOON, THIRD_TEAM
from tests.stores import open_store
from views.errors import sentence
from views.settings import OwnSettings
from views.setup_preview import preview

CHANNEL = "C0SHARED"
NOW = MONDAY_NOON
MARIA = Who(team_id=ACME_TEAM, slack_id="U0MARIA", home_team=ACME_TEAM, channel=CHANNEL)
JAMES = replace(MARIA, slack_id="U0JAMES")
ANA = Who(team_id=ACME_TEAM, slack_id="U0ANA", home_team=GLOBALCALL_TEAM, channel=CHANNEL)
MIGUEL = replace(ANA, slack_id="U0MIGUEL")
STRANGER = replace(ANA, slack_id="U0OTHER", home_team=THIRD_TEAM)
DRAFT = Draft(
    client="Acme",
    vendor="Globalcall",
    home_side="client",
    zone="America/New_York",
    their_zone="Asia/Manila",
    template="call_center",
)


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Deps]:
    store = open_store(tmp_path)
    clients = clients_of_one_workspace("xoxb-nobody", "http://127.0.0.1:9/api/")
    with store.writing(None) as db:
        shared = Channel(
            team_id=ACME_TEAM,
            channel=CHANNEL,
            bot_is_member=True,
            is_ext_shared=True,
            connected_teams=frozenset({GLOBALCALL_TEAM}),
        )
        channels.save(db, shared)
    yield Deps(store=store, now=lambda: NOW, clients=clients)
    store.close()


def proposed(deps: Deps, **changes: object) -> Partnership:
    draft = replace(DRAFT, **changes)  # type: ignore[arg-type]
    return setups.set_up(deps, MARIA, draft, "post", NOW)


def agreed(deps: Deps) -> Partnership:
    made = proposed(deps, other_lead="U0ANA")
    consent.agree_as_lead(deps, ANA, made.id, NOW)
    return current(deps, made)


def current(deps: Deps, made: Partnership) -> Partnership:
    found = partnerships.get(deps.store.reading(), ACME_TEAM, made.id)
    assert found is not None
    return found


def put(deps: Deps) -> list[Row]:
    """Everything that waits to be said, in order."""
    rows = deps.store.reading().query("SELECT key FROM outbox ORDER BY position")
    found = [outbox.by_key(deps.store.reading(), ACME_TEAM, row["key"]) for row in rows]
    return [row for row in found if row is not None]


def verbs(deps: Deps, made: Partnership) -> list[str]:
    found = journal.entries(deps.store.reading(), ACME_TEAM, "partnership", made.id)
    return [entry.verb for entry in found]


def lead_of(deps: Deps, made: Partnership, side: Side) -> list[str]:
    members = people.active_members(deps.store.reading(), made)
    return [m.person.slack_id for m in members if m.is_lead and m.side == side]


def test_channels_that_slack_tells_of_between_two_looks_are_not_taken_for_none(
    deps: Deps, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = replace(MARIA, channel="C0LATER")
    with deps.store.writing(None) as db:
        wakes.set_wake(db, ACME_TEAM, "channels", ACME_TEAM, None, NOW)
    look = channels.get

    def look_just_before(db: Database, team_id: str, channel: str) -> Channel | None:
        found = look(db, team_id, channel)
        with deps.store.writing(None) as writing:
            channels.save(writing, Channel(team_id=team_id, channel=channel, bot_is_member=True))
            later = NOW + timedelta(days=1)
            wakes.set_wake(writing, team_id, "channels", team_id, None, later)
        return found

    monkeypatch.setattr(channels, "get", look_just_before)

    assert setups.check_channel(deps, unknown, NOW) == "C0LATER"


def test_setting_up_puts_two_posts_and_a_pin_and_makes_the_installer_a_lead(deps: Deps) -> None:
    made = proposed(deps)

    assert made.state == "proposed"
    assert [row.kind for row in put(deps)] == ["post", "post", "pin"]
    assert {row.needs for row in put(deps)} == {"proposed"}
    assert lead_of(deps, made, "client") == ["U0MARIA"]
    assert lead_of(deps, made, "vendor") == []
    assert made.vendor.slack_team == GLOBALCALL_TEAM
    assert made.client.calendar.holiday_countries == (("US", None),)
    assert wakes.wake_of(deps.store.reading(), ACME_TEAM, "roster", made.id) is not None


def test_each_further_check_in_is_one_proposal_to_the_other_side(deps: Deps) -> None:
    kinds = ("operations_review", "service_review", "written")
    made = proposed(deps, other_lead="U0ANA", check_ins=kinds)
    before = cadences.of_partnership(deps.store.reading(), made, "checkin")
    consent.agree_as_lead(deps, ANA, made.id, NOW)

    found = cadences.of_partnership(deps.store.reading(), made, "checkin")
    asked = {one.title: one.asked_side for one in found}
    cards = [row for row in put(deps) if row.key.startswith("checkin-new/")]
    assert before == []
    assert asked == {
        "Operations review": None,
        "Service review": "vendor",
        "Written check-in": "vendor",
    }
    assert len(cards) == 2
    assert all("proposal.agree" in str(row.payload) for row in cards)


def test_without_any_check_in_chosen_none_begins(deps: Deps) -> None:
    made = proposed(deps, other_lead="U0ANA", check_ins=())
    consent.agree_as_lead(deps, ANA, made.id, NOW)

    assert cadences.of_partnership(deps.store.reading(), made, "checkin") == []


def test_the_vendor_can_be_the_home_side(deps: Deps) -> None:
    made = proposed(deps, home_side="vendor")

    assert (made.home_side, made.guest_side) == ("vendor", "client")
    assert made.vendor.slack_team == ACME_TEAM
    assert made.vendor.calendar.zone == "America/New_York"
    assert lead_of(deps, made, "vendor") == ["U0MARIA"]


def test_a_form_that_is_sent_twice_makes_one_partnership(deps: Deps) -> None:
    first, second = proposed(deps), proposed(deps, client="Another")

    assert second.id == first.id
    assert len(put(deps)) == 3
    assert verbs(deps, first) == ["set_up"]


def test_looking_shows_the_installer_alone(deps: Deps) -> None:
    made = setups.set_up(deps, MARIA, DRAFT, "look", NOW)

    (row,) = put(deps)
    assert (row.kind, row.audience, row.payload["user"]) == ("ephemeral", "person", "U0MARIA")
    with pytest.raises(NotAllowed):
        setups.post_now(deps, JAMES, made.id, NOW)
    with pytest.raises(NoPartnershipHere):
        hubs.hub_here(deps, JAMES, NOW)
    with pytest.raises(NoPartnershipHere):
        setups.looked_at(deps, JAMES)


@pytest.mark.parametrize(
    ("who", "error"),
    [
        pytest.param(replace(MARIA, channel=None), NoPartnershipHere, id="in no channel"),
        pytest.param(replace(MARIA, channel="D0MARIA"), NoPartnershipHere, id="in a message"),
        pytest.param(ANA, NotOfThisCompany, id="by the other company"),
        pytest.param(replace(MARIA, channel="C0GONE"), BotNotInChannel, id="without the bot"),
    ],
)
def test_where_nothing_can_be_set_up(deps: Deps, who: Who, error: type[Exception]) -> None:
    with deps.store.writing(None) as db:
        gone = Channel(team_id=ACME_TEAM, channel="C0GONE", bot_is_member=False)
        channels.save(db, gone)

    with pytest.raises(error):
        setups.check_channel(deps, who, NOW)


def test_a_second_set_up_is_told_apart(deps: Deps) -> None:
    proposed(deps)

    with pytest.raises(AlreadySetUp):
        setups.check_channel(deps, MARIA, NOW)


def test_a_colleague_of_the_installer_cannot_be_named_their_lead(deps: Deps) -> None:
    james = Profile(
        slack_id="U0JAMES",
        home_team=ACME_TEAM,
        name="James",
        zone=None,
        locale=None,
        is_bot=False,
        is_guest=False,
        deleted=False,
    )
    with deps.store.writing(None) as db:
        people.save_profile(db, ACME_TEAM, james, NOW)

    with pytest.raises(NotTheirLead):
        setups.drawn_preview(deps, MARIA, replace(DRAFT, other_lead="U0JAMES"), NOW)


def profile(slack_id: str, home_team: str, **more: bool) -> Profile:
    given = {"is_bot": False, "is_guest": False, "deleted": False} | more
    return Profile(
        slack_id=slack_id, home_team=home_team, name="Sam", zone=None, locale=None, **given
    )


@pytest.mark.parametrize(
    ("known", "trouble"),
    [
        pytest.param(profile("U0SAM", ACME_TEAM), "home", id="a colleague"),
        pytest.param(profile("U0SAM", ACME_TEAM, is_guest=True), "guest", id="a guest of ours"),
        pytest.param(profile("U0SAM", GLOBALCALL_TEAM, is_bot=True), "bot", id="an app"),
        pytest.param(profile("U0SAM", GLOBALCALL_TEAM, deleted=True), "gone", id="one who left"),
        pytest.param(profile("U0SAM", THIRD_TEAM), "third", id="one of a company not here"),
    ],
)
def test_who_is_known_not_to_be_theirs_is_refused_by_name(
    deps: Deps, known: Profile, trouble: str
) -> None:
    with deps.store.writing(None) as db:
        people.save_profile(db, ACME_TEAM, known, NOW)

    with pytest.raises(CannotBeTheirLead) as refused:
        setups.drawn_preview(deps, MARIA, replace(DRAFT, other_lead="U0SAM"), NOW)

    assert (refused.value.trouble, refused.value.name) == (trouble, "Sam")


def test_where_their_workspace_is_not_here_a_guest_of_ours_is_their_lead(deps: Deps) -> None:
    with deps.store.writing(None) as db:
        people.save_profile(db, ACME_TEAM, profile("U0SAM", ACME_TEAM, is_guest=True), NOW)
        known = channels.get(db, ACME_TEAM, CHANNEL)
        assert known is not None
        alone = replace(known, connected_teams=frozenset(), is_ext_shared=False)
        channels.save(db, alone)

    shown = setups.drawn_preview(deps, MARIA, replace(DRAFT, other_lead="U0SAM"), NOW)

    assert "<@U0SAM>, a guest in your workspace, as its lead" in str(preview(shown))


def test_who_waits_for_their_lead_learns_who_that_is(deps: Deps) -> None:
    made = proposed(deps, other_lead="U0ANA")

    with pytest.raises(AwaitsTheirLead) as refused:
        consent.agree_as_lead(deps, MIGUEL, made.id, NOW)

    assert sentence(refused.value) == "Globalcall has a lead who answers here: <@U0ANA>."


def test_agreeing_begins_everything_once(deps: Deps) -> None:
    made = agreed(deps)
    before = len(put(deps))

    assert not consent.asks_to_confirm(deps, ANA, made.id)
    consent.agree_as_lead(deps, MIGUEL, made.id, NOW)

    assert made.state == "agreed"
    assert verbs(deps, made) == ["set_up", "agreed"]
    assert len(put(deps)) == before
    db = deps.store.reading()
    assert boards.week_key(db, made) == f"week/{made.id}/2026-11-16"
    monday = wakes.wake_of(db, ACME_TEAM, "week", made.id)
    assert monday is not None
    assert monday.due_at == NOW + timedelta(days=6, hours=8)  # 9:00 in Manila
    assert wakes.wake_of(db, ACME_TEAM, "boards", made.id) is not None


def test_whoever_of_them_comes_first_is_asked_and_becomes_their_lead(deps: Deps) -> None:
    made = proposed(deps)

    assert consent.asks_to_confirm(deps, ANA, made.id)
    assert current(deps, made).state == "proposed"
    consent.agree_as_lead(deps, ANA, made.id, NOW)

    assert current(deps, made).state == "agreed"
    assert lead_of(deps, made, "vendor") == ["U0ANA"]


def test_their_workspace_is_learnt_from_their_first_lead(deps: Deps) -> None:
    with deps.store.writing(None) as db:
        channels.save(db, Channel(team_id=ACME_TEAM, channel=CHANNEL, bot_is_member=True))
    made = proposed(deps)
    assert made.vendor.slack_team is None

    consent.agree_as_lead(deps, ANA, made.id, NOW)

    assert current(deps, made).vendor.slack_team == GLOBALCALL_TEAM


@pytest.mark.parametrize(
    ("who", "error"),
    [
        pytest.param(MARIA, NotTheirLead, id="the installer"),
        pytest.param(JAMES, NotTheirLead, id="a colleague of the installer"),
        pytest.param(STRANGER, NotAllowed, id="somebody of a third company"),
        pytest.param(replace(ANA, home_team=None), NotAllowed, id="somebody of no known company"),
    ],
)
def test_nobody_else_speaks_for_them(deps: Deps, who: Who, error: type[Exception]) -> None:
    made = proposed(deps)

    with pytest.raises(error):
        consent.asks_to_confirm(deps, who, made.id)
    for act in (consent.agree_as_lead, consent.decline):
        with pytest.raises(error):
            act(deps, who, made.id, NOW)
    with pytest.raises(error):
        consent.correct(deps, who, made.id, consent.Correction(name="Us", zone="Asia/Manila"), NOW)
    assert current(deps, made).state == "proposed"
    assert verbs(deps, made) == ["set_up"]


def test_once_a_lead_of_theirs_is_known_only_that_lead_agrees(deps: Deps) -> None:
    made = proposed(deps, other_lead="U0ANA")

    with pytest.raises(NotAllowed):
        consent.asks_to_confirm(deps, MIGUEL, made.id)
    with pytest.raises(NotAllowed):
        consent.agree_as_lead(deps, MIGUEL, made.id, NOW)


def test_after_a_no_a_yes_is_still_possible(deps: Deps) -> None:
    made = proposed(deps, other_lead="U0ANA")
    consent.decline(deps, ANA, made.id, NOW)
    consent.decline(deps, ANA, made.id, NOW)
    declined = current(deps, made).state

    consent.agree_as_lead(deps, ANA, made.id, NOW)

    assert declined == "declined"
    assert verbs(deps, made) == ["set_up", "declined", "agreed"]
    assert [row.kind for row in put(deps)].count("unpin") == 1


def test_a_correction_keeps_the_hours_when_the_zone_stays(deps: Deps) -> None:
    made = proposed(deps, other_lead="U0ANA")
    said = consent.Correction(name="Globalcall Inc.", zone="Asia/Manila")

    consent.correct(deps, ANA, made.id, said, NOW)

    vendor = current(deps, made).vendor
    assert (vendor.name, vendor.calendar) == ("Globalcall Inc.", made.vendor.calendar)


def test_a_no_leaves_nothing_to_set(deps: Deps) -> None:
    made = proposed(deps, other_lead="U0ANA")
    consent.decline(deps, ANA, made.id, NOW)

    with pytest.raises(NothingToSetYet):
        settings.settings_view(deps, MARIA)


def test_an_unknown_partnership_in_a_button_changes_nothing(deps: Deps) -> None:
    with pytest.raises(NoPartnershipHere):
        consent.agree_as_lead(deps, ANA, "made-up", NOW)


def test_the_journal_holds_no_words_and_no_names(deps: Deps) -> None:
    made = agreed(deps)
    said = OwnSettings(name="Acme Stores", zone="America/Chicago", public_summary=True)
    settings.change_settings(deps, MARIA, made.id, said, NOW)

    entries = journal.entries(deps.store.reading(), ACME_TEAM, "partnership", made.id)
    told = entries[-1].details
    assert told["settings"] == ["name", "summary", "zone"]
    assert told["codes"] == {
        "zone": ["America/New_York", "America/Chicago"],
        "summary": ["leads", "channel"],
    }


def test_a_lead_changes_the_own_side_and_nothing_of_the_other(deps: Deps) -> None:
    made = agreed(deps)
    with deps.store.writing(made.id) as db:
        partnerships.add_day_off(db, made, "vendor", NOW.date(), "storm")
    said = OwnSettings(name="Globalcall PH", zone="Asia/Manila", public_summary=True)

    settings.change_settings(deps, ANA, made.id, said, NOW)

    after = current(deps, made)
    assert (after.client, after.vendor.name) == (made.client, "Globalcall PH")
    assert after.vendor.calendar.days_off == {NOW.date()}
    with deps.store.writing(made.id) as db:
        partnerships.remove_day_off(db, made, "vendor", NOW.date())
    assert current(deps, made).vendor.calendar.days_off == set()
    assert after.public_summary == {"vendor"}
    assert put(deps)[-1].thread_of == boards.week_key(deps.store.reading(), after)


def test_settings_sent_back_as_drawn_say_nothing(deps: Deps) -> None:
    made = agreed(deps)
    before = len(put(deps))
    said = OwnSettings(name="Acme", zone="America/New_York", public_summary=False)

    settings.change_settings(deps, MARIA, made.id, said, NOW)

    assert len(put(deps)) == before


def test_who_is_no_lead_changes_no_settings(deps: Deps) -> None:
    made = agreed(deps)
    with deps.store.writing(made.id) as db:
        james = people.ensure(db, ACME_TEAM, "U0JAMES", ACME_TEAM)
        people.place(db, made, james, standing=("client", "member", True), now=NOW)
    said = OwnSettings(name="Mine", zone="America/New_York", public_summary=True)

    with pytest.raises(NotAllowed):
        settings.change_settings(deps, JAMES, made.id, said, NOW)
    assert "Save" not in str(settings.settings_view(deps, JAMES).get("submit"))


def test_no_week_is_begun_while_paused_and_it_is_looked_at_again(deps: Deps) -> None:
    made = agreed(deps)
    next_monday = NOW + timedelta(days=7)
    pause = Pause(from_at=NOW, until_at=None, reason="asked")
    with deps.store.writing(made.id) as db:
        partnerships.set_pause(db, made, pause)

        assert not begin_week(db, replace(made, pause=pause), next_monday)

        later = wakes.wake_of(db, ACME_TEAM, "week", made.id)
        assert later is not None
        assert next_monday < later.due_at < next_monday + timedelta(days=1)
        assert weeks.newest(db, made) == weeks.Week(
            week_on=NOW.date(), key=f"week/{made.id}/2026-11-16", put_at=NOW
        )

        assert begin_week(db, made, next_monday)
        assert not begin_week(db, made, next_monday)


def test_answers_are_corrected_while_looking_for_the_installers_eyes_alone(deps: Deps) -> None:
    made = setups.set_up(deps, MARIA, DRAFT, "look", NOW)

    corrections.correct(deps, MARIA, made.id, replace(DRAFT, vendor="Globalcall PH"), NOW)

    assert current(deps, made).vendor.name == "Globalcall PH"
    assert [row.kind for row in put(deps)] == ["ephemeral", "ephemeral"]
    assert verbs(deps, made) == ["set_up", "corrected"]


@pytest.mark.parametrize("who", [JAMES, ANA], ids=["a colleague", "the other side"])
def test_nobody_else_corrects_the_answers(deps: Deps, who: Who) -> None:
    made = proposed(deps, other_lead="U0ANA")

    with pytest.raises(NotAllowed):
        corrections.correction_form(deps, who, made.id)
    with pytest.raises(NotAllowed):
        corrections.correct(deps, who, made.id, DRAFT, NOW)


def test_after_the_yes_answers_are_not_corrected_any_more(deps: Deps) -> None:
    made = agreed(deps)

    with pytest.raises(AlreadySetUp):
        corrections.correct(deps, MARIA, made.id, DRAFT, NOW)


def test_their_workspace_is_learnt_when_only_one_shares_the_channel(deps: Deps) -> None:
    with deps.store.writing(None) as db:
        channels.save(db, Channel(team_id=ACME_TEAM, channel=CHANNEL, bot_is_member=True))
    made = proposed(deps)
    shared = Channel(team_id=ACME_TEAM, channel=CHANNEL, bot_is_member=True)
    teams: list[str | None] = []

    for connected in ({GLOBALCALL_TEAM, THIRD_TEAM}, {GLOBALCALL_TEAM}, {THIRD_TEAM}):
        with deps.store.writing(None) as db:
            channels.save(db, replace(shared, connected_teams=frozenset(connected)))
            teams.append(guest_teams.learn(db, current(deps, made)).vendor.slack_team)

    assert teams == [None, GLOBALCALL_TEAM, GLOBALCALL_TEAM]


def test_the_hub_does_nothing_for_a_third_company(deps: Deps) -> None:
    made = agreed(deps)

    with pytest.raises(OfNeitherSide) as told:
        hubs.partnership_of_hub(deps, STRANGER, made.id)
    assert "You belong to neither side here" in str(sentence(told.value))
    with pytest.raises(OfNeitherSide):
        hubs.hub_here(deps, STRANGER, NOW)
    assert hubs.partnership_of_hub(deps, MIGUEL, made.id).id == made.id


def test_a_command_typed_as_text_is_answered_once_with_buttons(deps: Deps) -> None:
    made = agreed(deps)
    said = hubs.Mention(
        team_id=ACME_TEAM,
        event_id="Ev1",
        channel=CHANNEL,
        ts="1700000000.000100",
        slack_user="U0ANA",
    )

    for _ in range(2):
        with deps.store.writing(made.id) as db:
            hubs.answer_typed_command(db, made, said, NOW)

    row = put(deps)[-1]
    assert row.target_ts == "1700000000.000100"
    assert "Commands work only inside Acme's Slack" in row.payload["text"]
    assert len([r for r in put(deps) if r.key.startswith("typed/")]) == 1
