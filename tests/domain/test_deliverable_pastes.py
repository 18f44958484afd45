import pytest

from domain.deliverable_pastes import (
    LINES_MOST,
    NoLines,
    TooManyLines,
    draft_id,
    lines_of,
    mark_of,
)


def test_lines_are_read_without_bullets_and_empty_ones() -> None:
    pasted = "\n • @ana deck by friday \r\n2) Joe:  roster\n\n- [ ] script\n2026 plan\n"

    assert lines_of(pasted) == ("@ana deck by friday", "Joe: roster", "script", "2026 plan")


@pytest.mark.parametrize("count", [LINES_MOST + 1, 5000])
def test_more_lines_than_anybody_looks_through_are_refused(count: int) -> None:
    with pytest.raises(TooManyLines) as refused:
        lines_of("\n".join(f"line {n}" for n in range(count)))
    assert refused.value.count == count


def test_so_many_lines_are_taken() -> None:
    assert len(lines_of("\n".join(f"line {n}" for n in range(LINES_MOST)))) == LINES_MOST


def test_no_line_is_refused() -> None:
    with pytest.raises(NoLines):
        lines_of(" \n\t\n")


def test_a_line_keeps_its_id_and_a_changed_list_is_another() -> None:
    assert draft_id("f1", 1) == draft_id("f1", 1)
    assert len({draft_id(form, n) for form in ("f1", "f2") for n in (1, 2, 12)}) == 6
    assert mark_of("a") != mark_of("a ")
