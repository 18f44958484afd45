import ast
import io
import re
import tokenize
from collections.abc import Iterator

import pytest

from tests.project_files import ROOT, Module, module, product_modules, project_paths

LONGEST_FUNCTION = 40  # lines without the docstring
LONGEST_FILE = 300  # lines with code on them

# Where anything at all may be caught and not raised again, and why.
CATCHES_ALL = {
    "handlers/errors.py": "the one place that turns the unexpected into words",
    "services/planning.py": "one planner's fault must not keep the others from their turn",
    "services/delivery.py": "a check that fails withholds the message, whatever went wrong",
    "schedules/tick.py": "time goes on after a fault; the next tick tries again",
    "schedules/deliver.py": "one destination's fault must not stop delivery to the others",
}

# Where the world's time is read beside the clock, and why.
READS_THE_TIME = {
    "clock.py": "it is the clock",
    "bench/today.py": "what it stores must lie in the present of the bot, which runs on its own",
    "sandbox/signed_http.py": "who checks a signature holds its stamp against the machine's time",
}

# Written so that this file does not hold what it looks for.
NOT_OURS = {
    "a package index": r"pypi[.]org|pythonhoste[d]",
    "a folder of one machine": r"/wor[k]/|/roo[t]/|/tmp/pla[n]",
    "a file outside the project": r"[.][.]/shared|(?<![\w/])/?shared/\w+[.]md",
}

CLOCK_READS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime"},
}


def foreign_words(text: str) -> list[str]:
    return [what for what, pattern in NOT_OURS.items() if re.search(pattern, text)]


def clock_reads(one: Module) -> Iterator[str]:
    for node in ast.walk(one.tree):
        if isinstance(node, ast.Attribute) and node.attr in CLOCK_READS.get(_last(node.value), ()):
            yield f"{one.path}:{node.lineno} {ast.unparse(node)}"
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            names = {alias.name for alias in node.names} & CLOCK_READS["time"]
            yield from (f"{one.path}:{node.lineno} time.{name}" for name in sorted(names))


def _last(node: ast.expr) -> str:
    """The last name of a dotted one, "" for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def long_functions(one: Module) -> Iterator[str]:
    for node in ast.walk(one.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1 - _docstring_lines(node)
            if lines > LONGEST_FUNCTION:
                yield f"{one.path}:{node.lineno} {node.name} has {lines} lines"


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    if ast.get_docstring(node, clean=False) is None:
        return 0
    return (node.body[0].end_lineno or 0) - node.body[0].lineno + 1


def code_lines(source: str) -> int:
    """Lines on which something other than a comment or a docstring stands."""
    quiet = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    quiet.add(tokenize.ENDMARKER)
    lines: set[int] = set()
    last = tokenize.NEWLINE
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        alone = token.type == tokenize.STRING and last in quiet
        if token.type not in quiet and not alone:
            lines.update(range(token.start[0], token.end[0] + 1))
        last = token.type
    return len(lines)


def swallowed_exceptions(one: Module) -> Iterator[str]:
    """Every ``except`` for all exceptions that does not end by raising."""
    for node in ast.walk(one.tree):
        if not isinstance(node, ast.ExceptHandler) or isinstance(node.body[-1], ast.Raise):
            continue
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        if any(kind is None or _last(kind) in {"Exception", "BaseException"} for kind in caught):
            yield f"{one.path}:{node.lineno}"


def test_the_files_speak_only_of_the_project() -> None:
    found = {path: foreign_words(text_of(path)) for path in project_paths()}

    assert {path: words for path, words in found.items() if words} == {}


def text_of(path: str) -> str:
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:  # a picture
        return ""


def test_every_module_says_what_lives_in_it() -> None:
    silent = [one.path for one in product_modules() if not ast.get_docstring(one.tree)]

    assert silent == []


def test_no_function_is_longer_than_a_screen() -> None:
    assert [fault for one in product_modules() for fault in long_functions(one)] == []


def test_no_file_is_too_long_to_read_at_once() -> None:
    # Counting takes long, and no file has more lines with code on them than lines.
    long = [one for one in product_modules() if len(one.source.splitlines()) > LONGEST_FILE]
    lengths = {one.path: code_lines(one.source) for one in long}

    assert {path: count for path, count in lengths.items() if count > LONGEST_FILE} == {}


def test_only_the_listed_places_read_the_time() -> None:
    others = [one for one in product_modules() if one.path not in READS_THE_TIME]

    assert [fault for one in others for fault in clock_reads(one)] == []


def test_only_the_listed_places_swallow_what_nobody_expected() -> None:
    others = [one for one in product_modules() if one.path not in CATCHES_ALL]

    assert [fault for one in others for fault in swallowed_exceptions(one)] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("see https://pypi" + ".org/simple", id="an index"),
        pytest.param("cd /ro" + "ot/touchbase", id="a folder of one machine"),
        pytest.param("as ../sha" + "red/notes.md says", id="a file outside"),
    ],
)
def test_a_planted_foreign_word_is_found(text: str) -> None:
    assert len(foreign_words(text)) == 1


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("from datetime import datetime\nx = datetime.now()", id="now"),
        pytest.param("import datetime as d\nx = d.datetime.now", id="now, handed on"),
        pytest.param("import datetime\nx = datetime.date.today()", id="today"),
        pytest.param("import time\nx = time.time()", id="seconds"),
        pytest.param("from time import time_ns", id="an import by name"),
    ],
)
def test_a_planted_reading_of_the_clock_is_found(source: str) -> None:
    assert len(list(clock_reads(module("services/a.py", source)))) == 1


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f(deps): return deps.clock.now()", id="a clock handed in"),
        pytest.param("import time\nx = time.monotonic()", id="machine time"),
    ],
)
def test_a_clock_handed_in_and_machine_time_are_let_through(source: str) -> None:
    assert list(clock_reads(module("services/a.py", source))) == []


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        pytest.param("except Exception: pass", 1, id="swallowed"),
        pytest.param("except: pass", 1, id="bare"),
        pytest.param("except (ValueError, BaseException): pass", 1, id="in a tuple"),
        pytest.param("except Exception:\n    undo()\n    raise", 0, id="raised again"),
        pytest.param("except ValueError: pass", 0, id="a known one"),
    ],
)
def test_a_planted_catch_all_is_found(clause: str, found: int) -> None:
    source = f"try:\n    f()\n{clause}"

    assert len(list(swallowed_exceptions(module("services/a.py", source)))) == found


def test_a_planted_long_function_is_found_and_its_docstring_is_not_counted() -> None:
    docstring = '    """Long.\n' + "\n" * 50 + '    """\n'

    short = "def f():\n" + docstring + "    x = 1\n" * (LONGEST_FUNCTION - 1)
    long = "async def f():\n" + "    x = 1\n" * LONGEST_FUNCTION

    assert list(long_functions(module("a.py", short))) == []
    assert len(list(long_functions(module("a.py", long)))) == 1


def test_lines_of_code_are_counted_without_comments_blanks_and_docstrings() -> None:
    source = '"""Module.\n\nMore.\n"""\n\n# why\nx = (\n    1,\n)\ny = """a\nb"""\n'

    assert code_lines(source) == 5
