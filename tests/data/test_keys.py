from pathlib import Path

import pytest

from data.keys import KeyRing, answerer
from domain.store_errors import StoreError


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing.beside(tmp_path / "touchbase.sqlite")


def test_a_key_is_a_file_beside_the_database_that_only_its_owner_reads(
    ring: KeyRing, tmp_path: Path
) -> None:
    ring.create("abc")

    file = tmp_path / "touchbase.sqlite-keys" / "abc.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert ring.read("abc") == file.read_bytes()
    assert len(file.read_bytes()) == 32


def test_a_destroyed_key_is_gone_and_its_bytes_are_overwritten(
    ring: KeyRing, tmp_path: Path
) -> None:
    ring.create("abc")
    file = tmp_path / "touchbase.sqlite-keys" / "abc.key"
    other_name = tmp_path / "the-same-bytes-on-disk"
    other_name.hardlink_to(file)

    ring.destroy("abc")
    ring.destroy("abc")

    assert ring.read("abc") is None
    assert ring.ids() == []
    assert other_name.read_bytes() == bytes(32)


def test_every_survey_has_its_own_key(ring: KeyRing) -> None:
    ring.create("abc")
    ring.create("def")

    assert ring.ids() == ["abc", "def"]
    assert ring.read("abc") != ring.read("def")


def test_without_a_folder_there_are_no_keys(ring: KeyRing) -> None:
    assert ring.ids() == []
    assert ring.read("abc") is None


@pytest.mark.parametrize("length", [0, 31], ids=["empty", "cut"])
def test_a_spoiled_key_is_none_and_can_be_destroyed(
    ring: KeyRing, tmp_path: Path, length: int
) -> None:
    ring.create("abc")
    (tmp_path / "touchbase.sqlite-keys" / "abc.key").write_bytes(b"x" * length)

    assert ring.read("abc") is None
    ring.destroy("abc")
    assert ring.ids() == []


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "touchbase.sqlite-keys").write_text("a file stands in the way")

    with pytest.raises(StoreError, match="cannot be used"):
        KeyRing.beside(tmp_path / "touchbase.sqlite").create("abc")


def test_who_answers_depends_on_person_and_key_alone() -> None:
    one, other = b"a" * 32, b"b" * 32

    assert answerer(one, "ana") == answerer(one, "ana")
    assert len({answerer(key, who) for key in (one, other) for who in ("ana", "ben")}) == 4
