import ast
import re
from collections.abc import Iterator

import pytest

from tests.project_files import Module, module, product_modules

# Words that blame. None of them is drawn, in shared places or elsewhere.
BLAMING = re.compile(
    r"\b(failed|missed|late again|ignored|still hasn['’]t|violations?|unresponsive|must)\b",
    re.IGNORECASE,
)


def drawn_texts(one: Module) -> Iterator[tuple[int, str]]:
    """Every text constant that may reach a reader: no docstring, no key, nothing compared with."""
    hidden = {id(node) for parent in ast.walk(one.tree) for node in _not_drawn(parent)}
    for node in ast.walk(one.tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in hidden
        ):
            yield node.lineno, node.value


def _not_drawn(parent: ast.AST) -> list[ast.expr]:
    if isinstance(parent, ast.Expr):
        return [parent.value]
    if isinstance(parent, ast.Subscript):
        return [parent.slice]
    if isinstance(parent, ast.Compare):
        return [parent.left, *parent.comparators]
    return []


def blaming_texts(one: Module) -> list[str]:
    return [
        f"{one.path}:{line} {found.group()}"
        for line, text in drawn_texts(one)
        for found in BLAMING.finditer(text)
    ]


def test_nothing_that_is_drawn_blames_anybody() -> None:
    # In views/words stand the words that people type; nothing is drawn there.
    views = [one for one in product_modules("views/") if not one.path.startswith("views/words/")]

    assert views
    assert [fault for one in views for fault in blaming_texts(one)] == []


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("TITLE = 'Missed check-in'", id="a constant"),
        pytest.param("def f(who): return f'{who} still hasn’t answered'", id="between values"),
        pytest.param("def f(): return section('You ' 'must press')", id="in two parts"),
        pytest.param("SAID = {'overdue': 'late again'}", id="in a table"),
    ],
)
def test_a_planted_blaming_word_is_found(source: str) -> None:
    assert len(blaming_texts(module("views/a.py", source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        pytest.param('"""What failed."""\ndef f():\n    """It must."""', id="docstrings"),
        pytest.param("def f(row): return row['failed']", id="the name of a field"),
        pytest.param("def f(state): return state == 'failed'", id="a code compared with"),
        pytest.param("TEXT = 'Mustard arrives by Friday'", id="another word"),
    ],
)
def test_what_nobody_reads_is_let_through(source: str) -> None:
    assert blaming_texts(module("views/a.py", source)) == []
