from pathlib import Path

from bench import world
from bench.world import Size
from data import partnerships, people
from services.boards import week_key
from services.deliverable_lists import board
from tests.stores import MONDAY_NOON


def test_what_is_filled_is_read_back_by_the_product(tmp_path: Path) -> None:
    path = tmp_path / "filled.sqlite"
    world.fill(path, Size(partnerships=3, commitments=30), MONDAY_NOON)

    with world.opened(path) as store:
        db = store.reading()
        found = partnerships.by_channel(db, world.HOME, world.channel_of(2))
        assert found is not None
        listed = people.active_members(db, found)
        key = week_key(db, found)
        assert found.is_agreed
        assert len(listed) == 1 + world.VENDOR_PEOPLE
        assert key is not None
        assert board(db, found, MONDAY_NOON).due

    assert world.count(path, "SELECT COUNT(*) FROM commitments") == 30
    assert world.count(path, "SELECT COUNT(*) FROM commitments WHERE closed_at IS NULL") == 15
    waiting = "SELECT COUNT(*) FROM outbox WHERE state NOT IN ('sent')"
    assert world.count(path, waiting) == 0
