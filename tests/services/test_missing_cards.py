"""What is written down while nothing may be said in the channel is shown once it is open."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from data import channels, partnerships, wakes, weeks
from data.channels import Channel
from domain.partnerships import Pause
from services import pauses, third_companies, week
from services.deliverable_words import Asked, new_here
from services.missing_cards import CARDS_MOST
from tests.partners import ACME_TEAM, GLOBALCALL_TEAM, MONDAY_NOON, THIRD_TEAM
from tests.partnership_store import Stage, staged
from views.words.commands import read_command
from views.words.verbs import NewDeliverable
from views.words.writer import Writer

LATER = MONDAY_NOON + timedelta(hours=3)
Turn = Callable[[Stage], None]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = staged(tmp_path)
    yield made
    made.store.close()


def pause(stage: Stage) -> None:
    with stage.store.writing(None) as db:
        asked = Pause(from_at=MONDAY_NOON, until_at=None, reason="asked")
        partnerships.set_pause(db, stage.partnership, asked)


def go_on(stage: Stage) -> None:
    with stage.store.writing(None) as db:
        found = partnerships.get(db, ACME_TEAM, stage.partnership.id)
        assert found is not None
        pauses.end(db, found, LATER, by=None)


def another_company_joins(stage: Stage) -> None:
    connected = frozenset({GLOBALCALL_TEAM, THIRD_TEAM})
    with stage.store.writing(None) as db:
        shared = Channel(
            team_id=ACME_TEAM,
            channel=stage.partnership.channel,
            bot_is_member=True,
            connected_teams=connected,
        )
        channels.save(db, shared)


def it_leaves(stage: Stage) -> None:
    companies = frozenset({ACME_TEAM, GLOBALCALL_TEAM})
    with stage.store.writing(None) as db:
        third_companies.note_companies(db, stage.partnership, companies, LATER)
    wake = wakes.wake_of(stage.store.reading(), ACME_TEAM, "week", stage.partnership.id)
    assert wake is not None
    assert wake.due_at == LATER or cards(stage)
    week.plan(stage.deps, wake, LATER)


SHUT = [
    pytest.param(pause, go_on, id="a pause"),
    pytest.param(another_company_joins, it_leaves, id="another company"),
]


@pytest.mark.parametrize(("shut", "reopen"), SHUT)
def test_what_was_written_down_meanwhile_gets_its_card(
    stage: Stage, shut: Turn, reopen: Turn
) -> None:
    shut(stage)
    echo = say(stage, "<@U0ANA> product database by friday")
    before = cards(stage)

    for _ in range(2):
        reopen(stage)

    assert "I may not write to Globalcall now; as soon as I may, it is asked" in echo
    assert before == []
    (shown,) = cards(stage)
    assert shown.startswith("*product database* (Globalcall), due ")
    assert weeks.newest(stage.store.reading(), stage.partnership) is not None


def test_many_are_told_in_one_line_and_never_again(stage: Stage) -> None:
    pause(stage)
    for number in range(CARDS_MOST + 1):
        say(stage, f"<@U0ANA> report number {number} by friday")

    go_on(stage)
    pause(stage)
    say(stage, "<@U0ANA> the last one by friday")
    go_on(stage)

    lines = [text for text in every_text(stage) if "were written down" in text]
    assert len(lines) == 1
    assert "7 deliverables were written down while I could say nothing here" in lines[0]
    assert "Acme 0, Globalcall 7." in lines[0]
    assert [text.partition("*")[2][:12] for text in cards(stage)] == ["the last one"]


def test_an_owner_who_may_be_written_to_is_simply_asked(stage: Stage) -> None:
    another_company_joins(stage)

    own_people = say(stage, "<@U0MARIA> volume forecast by friday", "U0ANA")

    # People of the installing company are written to directly.
    assert "Acme is asked to accept it." in own_people


def say(stage: Stage, words: str, slack_id: str = "U0MARIA") -> str:
    writer = Writer(now=MONDAY_NOON, zone="America/New_York", date_order="MDY")
    verb = read_command("/deliverable", words, writer)
    assert isinstance(verb, NewDeliverable)
    asked = Asked(who=stage.who(slack_id), now=MONDAY_NOON)
    return new_here(stage.deps, asked, verb).drawn.text


def cards(stage: Stage) -> list[str]:
    return [str(r.payload["text"]) for r in stage.said() if r.key.startswith("deliverable-card/")]


def every_text(stage: Stage) -> list[str]:
    return [str(row.payload["text"]) for row in stage.said()]
