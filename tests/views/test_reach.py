"""Advice that names a command is said with a mention to people who can run none."""

import ast
from collections.abc import Iterator

import pytest

from tests.project_files import ROOT
from views.blocks import Drawn, plain, section
from views.reach import by_mention, drawn_by_mention, view_by_mention


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("`/touchbase setup` shows it.", "`@Touchbase setup` shows it."),
        ("`/touchbase` or `/gaps`", "`@Touchbase` or `@Touchbase gaps`"),
        ("`/checkin list` shows them.", "`@Touchbase checkin list` shows them."),
        (
            "I am not here yet. Write `/invite @touchbase` here, then try again.",
            "I am not here yet. Somebody of the company that installed me can invite me here,"
            " then try again.",
        ),
        ("Mention me.", "Mention me."),
    ],
)
def test_each_command_becomes_the_same_words_after_a_mention(said: str, meant: str) -> None:
    assert by_mention(said) == meant


def test_what_people_typed_stays_as_they_typed_it() -> None:
    typed = {"type": "section", "text": plain("`/gaps` helps")}
    drawn = Drawn(text="Try `/gaps`", blocks=(section("Try `/gaps`"), typed))

    mended = drawn_by_mention(drawn)

    assert mended.text == "Try `@Touchbase gaps`"
    assert mended.blocks[0]["text"]["text"] == "Try `@Touchbase gaps`"
    assert view_by_mention({"blocks": list(drawn.blocks)})["blocks"][1] == typed


def sentences() -> Iterator[str]:
    """Everything that is written out in what draws."""
    for path in sorted((ROOT / "views").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                yield "".join(str(getattr(one, "value", "x")) for one in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_no_sentence_of_ours_keeps_a_command_when_it_is_said_so() -> None:
    with_command = [text for text in sentences() if "`/" in text and "``" not in text]

    assert with_command
    assert [text for text in with_command if "`/" in by_mention(text) and "`/`" not in text] == []
