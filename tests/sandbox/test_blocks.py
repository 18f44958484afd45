import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.blocks import Problem, Surface, block_problems, view_problems
from tests.sandbox.test_figure_blocks import chart, data_table

Json = dict[str, Any]


def text(length: int = 2) -> Json:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int = 2) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def option(name: str = "a", length: int = 1) -> Json:
    return {"text": text(length), "value": name}


def options(count: int) -> list[Json]:
    return [option(f"v{index}") for index in range(count)]


def button(**fields: object) -> Json:
    return {"type": "button", "text": text(), "action_id": "go", **fields}


def confirm(**lengths: int) -> Json:
    return {
        "title": text(lengths.get("title", 1)),
        "text": text(lengths.get("text", 1)),
        "confirm": text(lengths.get("confirm", 1)),
        "deny": text(lengths.get("deny", 1)),
    }


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def buttons(count: int) -> Json:
    return actions(*(button(action_id=f"go{index}") for index in range(count)))


def section(**fields: object) -> Json:
    return {"type": "section", "text": text(), **fields}


def field(kind: str = "plain_text_input", **fields: object) -> Json:
    return {"type": "input", "label": text(), "element": {"type": kind, **fields}}


def labelled(**fields: object) -> Json:
    return {**field(), **fields}


def select(**fields: object) -> Json:
    return actions({"type": "static_select", "options": options(2), **fields})


def groups(count: int, size: int = 1) -> Json:
    grouped = [{"label": text(), "options": options(size)} for _ in range(count)]
    return actions({"type": "static_select", "option_groups": grouped})


def table(rows: int = 1, cells: int = 1, **fields: object) -> Json:
    row = [{"type": "raw_text", "text": "x"}] * cells
    return {"type": "table", "rows": [row] * rows, **fields}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def rich_words(*inline: Json) -> Json:
    return rich({"type": "rich_text_section", "elements": list(inline)})


def rich_list(**fields: object) -> Json:
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}
    return rich({"type": "rich_text_list", "style": "bullet", "elements": [item], **fields})


def image(**fields: object) -> Json:
    return {
        "type": "image",
        "alt_text": "chart",
        "image_url": "https://example.com/a.png",
        **fields,
    }


def modal(*blocks: Json, **fields: object) -> Json:
    return {"type": "modal", "title": text(), "submit": text(), "blocks": list(blocks), **fields}


def home(*blocks: Json, **fields: object) -> Json:
    return {"type": "home", "blocks": list(blocks), **fields}


def pointers(problems: list[Problem]) -> list[str]:
    return [problem.pointer for problem in problems]


# Each case: the block at its limit, one over it, and where the problem is reported.
LIMITS = [
    pytest.param(section(text=text(3000)), section(text=text(3001)), "text/text", id="section"),
    pytest.param(
        section(fields=[mrkdwn()] * 10), section(fields=[mrkdwn()] * 11), "fields", id="fields"
    ),
    pytest.param(
        section(fields=[text(2000)]), section(fields=[text(2001)]), "fields/0/text", id="field"
    ),
    pytest.param(
        {"type": "header", "text": text(150)},
        {"type": "header", "text": text(151)},
        "text/text",
        id="header",
    ),
    pytest.param(
        {"type": "context", "elements": [text()] * 10},
        {"type": "context", "elements": [text()] * 11},
        "elements",
        id="context elements",
    ),
    pytest.param(buttons(25), buttons(26), "elements", id="actions elements"),
    pytest.param(section(block_id="b" * 255), section(block_id="b" * 256), "block_id", id="id"),
    pytest.param(
        actions(button(action_id="a" * 255)),
        actions(button(action_id="a" * 256)),
        "elements/0/action_id",
        id="action id",
    ),
    pytest.param(
        actions(button(text=text(75))),
        actions(button(text=text(76))),
        "elements/0/text/text",
        id="button text",
    ),
    pytest.param(
        actions(button(value="v" * 2000)),
        actions(button(value="v" * 2001)),
        "elements/0/value",
        id="button value",
    ),
    pytest.param(
        actions(button(url="u" * 3000)),
        actions(button(url="u" * 3001)),
        "elements/0/url",
        id="button url",
    ),
    pytest.param(
        actions(button(accessibility_label="l" * 75)),
        actions(button(accessibility_label="l" * 76)),
        "elements/0/accessibility_label",
        id="button label",
    ),
    *(
        pytest.param(
            actions(button(confirm=confirm(**{part: most}))),
            actions(button(confirm=confirm(**{part: most + 1}))),
            f"elements/0/confirm/{part}/text",
            id=f"confirm {part}",
        )
        for part, most in {"title": 100, "text": 300, "confirm": 30, "deny": 30}.items()
    ),
    pytest.param(
        select(options=options(100)),
        select(options=options(101)),
        "elements/0/options",
        id="options",
    ),
    pytest.param(groups(100), groups(101), "elements/0/option_groups", id="option groups"),
    pytest.param(
        groups(1, 100),
        groups(1, 101),
        "elements/0/option_groups/0/options",
        id="options in a group",
    ),
    pytest.param(
        select(options=[option(length=75)]),
        select(options=[option(length=76)]),
        "elements/0/options/0/text/text",
        id="option text",
    ),
    pytest.param(
        select(options=[option("v" * 150)]),
        select(options=[option("v" * 151)]),
        "elements/0/options/0/value",
        id="option value",
    ),
    pytest.param(
        select(options=[{**option(), "description": text(75)}]),
        select(options=[{**option(), "description": text(76)}]),
        "elements/0/options/0/description/text",
        id="option description",
    ),
    pytest.param(
        select(placeholder=text(150)),
        select(placeholder=text(151)),
        "elements/0/placeholder/text",
        id="placeholder",
    ),
    pytest.param(
        actions({"type": "overflow", "options": options(5)}),
        actions({"type": "overflow", "options": options(6)}),
        "elements/0/options",
        id="overflow",
    ),
    pytest.param(
        actions({"type": "checkboxes", "options": options(10)}),
        actions({"type": "checkboxes", "options": options(11)}),
        "elements/0/options",
        id="checkboxes",
    ),
    pytest.param(
        actions({"type": "radio_buttons", "options": options(10)}),
        actions({"type": "radio_buttons", "options": options(11)}),
        "elements/0/options",
        id="radio buttons",
    ),
    pytest.param(image(alt_text="a" * 2000), image(alt_text="a" * 2001), "alt_text", id="alt text"),
    pytest.param(
        image(image_url="u" * 3000), image(image_url="u" * 3001), "image_url", id="image url"
    ),
    pytest.param(image(title=text(2000)), image(title=text(2001)), "title/text", id="image title"),
    pytest.param(
        labelled(label=text(2000)), labelled(label=text(2001)), "label/text", id="input label"
    ),
    pytest.param(
        labelled(hint=text(2000)), labelled(hint=text(2001)), "hint/text", id="input hint"
    ),
    pytest.param(
        field(max_length=3000), field(max_length=3001), "element/max_length", id="input max length"
    ),
    pytest.param(
        field("file_input", max_files=10),
        field("file_input", max_files=11),
        "element/max_files",
        id="files",
    ),
    pytest.param(
        field(max_length=3, initial_value="abc"),
        field(max_length=3, initial_value="abcd"),
        "element/initial_value",
        id="initial text within max length",
    ),
    pytest.param(table(rows=100), table(rows=101), "rows", id="table rows"),
    pytest.param(table(cells=20), table(cells=21), "rows/0", id="table cells"),
    pytest.param(
        table(column_settings=[None] * 20),
        table(column_settings=[None] * 21),
        "column_settings",
        id="table columns",
    ),
    pytest.param(rich_list(indent=8), rich_list(indent=9), "elements/0/indent", id="list indent"),
    pytest.param(
        {"type": "markdown", "text": "m" * 12_000},
        {"type": "markdown", "text": "m" * 12_001},
        "text",
        id="markdown",
    ),
]


@pytest.mark.parametrize(("at_limit", "one_over", "where"), LIMITS)
def test_a_block_may_reach_its_limit_and_not_pass_it(
    at_limit: Json, one_over: Json, where: str
) -> None:
    assert block_problems([at_limit], surface="message") == []
    assert pointers(block_problems([one_over], surface="message")) == [f"/blocks/0/{where}"]


@pytest.mark.parametrize(
    ("element", "where"),
    [
        pytest.param({"type": "datepicker", "initial_date": "2026-11-21"}, None, id="a date"),
        pytest.param(
            {"type": "datepicker", "initial_date": "2026-02-30"}, "initial_date", id="no such date"
        ),
        pytest.param(
            {"type": "datepicker", "initial_date": "21.11.2026"}, "initial_date", id="other order"
        ),
        pytest.param({"type": "timepicker", "initial_time": "23:59"}, None, id="a time"),
        pytest.param(
            {"type": "timepicker", "initial_time": "24:00"}, "initial_time", id="no such time"
        ),
        pytest.param(
            {"type": "timepicker", "initial_time": "9:00"}, "initial_time", id="one-digit hour"
        ),
        pytest.param(
            {"type": "datetimepicker", "initial_date_time": 1_795_000_000}, None, id="a moment"
        ),
        pytest.param(
            {"type": "datetimepicker", "initial_date_time": 1_795_000_000_000},
            "initial_date_time",
            id="milliseconds",
        ),
        pytest.param(
            {"type": "datetimepicker", "initial_date_time": True}, "initial_date_time", id="boolean"
        ),
        pytest.param(button(style="primary"), None, id="a style"),
        pytest.param(button(style="default"), "style", id="no such style"),
        pytest.param(button(text=mrkdwn()), "text/type", id="mrkdwn on a button"),
        pytest.param(button(text=text(0)), "text/text", id="empty button"),
        pytest.param(button(colour="red"), "colour", id="unknown field"),
        pytest.param({"type": "button", "action_id": "a"}, "text", id="button without text"),
        pytest.param({"type": "slider"}, "type", id="unknown element"),
        pytest.param({"type": "plain_text_input"}, "type", id="text input outside an input block"),
        pytest.param({"type": "multi_users_select"}, "type", id="multi-select in actions"),
        pytest.param({"type": "static_select"}, "", id="select without options"),
        pytest.param(
            {"type": "static_select", "options": options(2), "option_groups": []},
            "option_groups",
            id="empty groups",
        ),
        pytest.param(
            {"type": "static_select", "options": options(2), "initial_option": option("v1")},
            None,
            id="initial option among them",
        ),
        pytest.param(
            {"type": "static_select", "options": options(2), "initial_option": option("v9")},
            "",
            id="initial option not among them",
        ),
        pytest.param({"type": "checkboxes", "options": []}, "options", id="no checkbox"),
        pytest.param(
            {"type": "checkboxes", "options": [{"text": mrkdwn(), "value": "a"}]},
            None,
            id="mrkdwn beside a checkbox",
        ),
        pytest.param(
            {"type": "static_select", "options": [{**option(), "url": "https://example.com"}]},
            "options/0/url",
            id="url in a select",
        ),
        pytest.param(
            {"type": "overflow", "options": [{**option(), "url": "https://example.com"}]},
            None,
            id="url in an overflow",
        ),
        pytest.param(
            {"type": "users_select", "initial_user": 7}, "initial_user", id="id as number"
        ),
    ],
)
def test_an_actions_element_is_held_to_its_form(element: Json, where: str | None) -> None:
    expected = [] if where is None else [f"/blocks/0/elements/0/{where}".rstrip("/")]

    assert pointers(block_problems([actions(element)], surface="message")) == expected


@pytest.mark.parametrize(
    ("blocks", "where"),
    [
        pytest.param("none", "/blocks", id="blocks are no list"),
        pytest.param(["none"], "/blocks/0", id="block is no object"),
        pytest.param([{"text": text()}], "/blocks/0/type", id="block without type"),
        pytest.param([{"type": "banner"}], "/blocks/0/type", id="unknown block"),
        pytest.param([{"type": "divider", "text": text()}], "/blocks/0/text", id="unknown field"),
        pytest.param([{"type": "section"}], "/blocks/0", id="section without text"),
        pytest.param([{"type": "header", "text": mrkdwn()}], "/blocks/0/text/type", id="header"),
        pytest.param([{"type": "actions"}], "/blocks/0/elements", id="actions without elements"),
        pytest.param([{"type": "context", "elements": []}], "/blocks/0/elements", id="no context"),
        pytest.param(
            [{"type": "context", "elements": [button()]}],
            "/blocks/0/elements/0/type",
            id="button in context",
        ),
        pytest.param([section(accessory=text())], "/blocks/0/accessory/type", id="accessory"),
        pytest.param([image(slack_file={"id": "F1"})], "/blocks/0", id="image with two sources"),
        pytest.param(
            [{"type": "image", "alt_text": "x"}], "/blocks/0", id="image without a source"
        ),
        pytest.param([field("button")], "/blocks/0/element/type", id="button in an input"),
        pytest.param([field("number_input")], "/blocks/0/element/is_decimal_allowed", id="number"),
        pytest.param(
            [field("number_input", is_decimal_allowed=False, initial_value="1.5")],
            "/blocks/0/element",
            id="decimal where none is allowed",
        ),
        pytest.param(
            [field("number_input", is_decimal_allowed=True, initial_value="9", max_value="5")],
            "/blocks/0/element",
            id="number above its maximum",
        ),
        pytest.param(
            [field(min_length=5, max_length=4)], "/blocks/0/element", id="lengths crossed"
        ),
        pytest.param(
            [field(dispatch_action_config={"trigger_actions_on": ["on_blur"]})],
            "/blocks/0/element/dispatch_action_config/trigger_actions_on/0",
            id="unknown trigger",
        ),
        pytest.param(
            [section(block_id="b"), section(block_id="b")],
            "/blocks/1/block_id",
            id="block id twice",
        ),
        pytest.param(
            [actions(button(), button())], "/blocks/0/elements/1/action_id", id="action id twice"
        ),
        pytest.param(
            [actions({"type": "channels_select", "response_url_enabled": True})],
            "/blocks",
            id="response_url_enabled outside a modal",
        ),
        pytest.param([rich()], "/blocks/0/elements", id="empty rich text"),
        pytest.param(
            [rich({"type": "text", "text": "x"})], "/blocks/0/elements/0/type", id="bare rich text"
        ),
        pytest.param(
            [rich_words({"type": "text", "text": ""})],
            "/blocks/0/elements/0/elements/0/text",
            id="empty rich words",
        ),
        pytest.param(
            [rich_words({"type": "script", "text": "x"})],
            "/blocks/0/elements/0/elements/0/type",
            id="unknown rich element",
        ),
        pytest.param(
            [rich_words({"type": "broadcast", "range": "world"})],
            "/blocks/0/elements/0/elements/0/range",
            id="unknown broadcast",
        ),
        pytest.param([rich_list(style="dashed")], "/blocks/0/elements/0/style", id="list style"),
        pytest.param(
            [table(rows=2) | {"rows": [[], [{"type": "raw_text", "text": "x"}]]}],
            "/blocks/0/rows/0",
            id="empty row",
        ),
        pytest.param(
            [{**table(), "rows": [*table(1, 1)["rows"], *table(1, 2)["rows"]]}],
            "/blocks/0/rows",
            id="uneven rows",
        ),
        pytest.param(
            [{"type": "table", "rows": [[text()]]}], "/blocks/0/rows/0/0/type", id="table cell"
        ),
        pytest.param(
            [table(column_settings=[{"align": "justify"}])],
            "/blocks/0/column_settings/0/align",
            id="column align",
        ),
    ],
)
def test_a_message_is_refused_where_it_is_wrong(blocks: object, where: str) -> None:
    assert pointers(block_problems(blocks, surface="message")) == [where]


def test_every_kind_of_block_passes_when_it_is_right() -> None:
    user = {"type": "user", "user_id": "U1"}
    link = {"type": "link", "url": "https://example.com", "text": "x", "style": {"bold": True}}
    number = {"type": "raw_number", "value": 4.5, "text": "4.5"}
    blocks = [
        section(accessory=button()),
        section(accessory={"type": "multi_users_select", "initial_users": ["U1"]}),
        section(text=mrkdwn(), accessory=image()),
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn(), image()]},
        actions({"type": "users_select"}, {"type": "datetimepicker"}),
        actions({"type": "conversations_select", "filter": {"include": ["private"]}}),
        rich_words(user, link, {"type": "emoji", "name": "wave"}),
        rich({"type": "rich_text_preformatted", "elements": [], "border": 0}),
        field("number_input", is_decimal_allowed=True, min_value="-1", initial_value="2.5"),
        field("static_select", option_groups=[{"label": text(), "options": options(1)}]),
        {"type": "table", "rows": [[number, rich_words({"type": "text", "text": "x"})]]},
    ]

    assert block_problems(blocks, surface="message") == []


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_a_surface_holds_so_many_blocks(surface: Surface, most: int) -> None:
    divider = {"type": "divider"}

    assert block_problems([divider] * most, surface=surface) == []
    assert pointers(block_problems([divider] * (most + 1), surface=surface)) == ["/blocks"]


@pytest.mark.parametrize(
    ("block", "allowed"),
    [
        pytest.param(table(), {"message"}, id="table"),
        pytest.param({"type": "markdown", "text": "x"}, {"message"}, id="markdown"),
        pytest.param({"type": "alert", "text": text(), "level": "info"}, {"modal"}, id="alert"),
        pytest.param(field(), {"message", "modal", "home"}, id="input"),
    ],
)
def test_some_blocks_stand_only_on_their_surface(block: Json, allowed: set[str]) -> None:
    surfaces: list[Surface] = ["message", "modal", "home"]

    assert {where for where in surfaces if not block_problems([block], surface=where)} == allowed


def test_a_message_has_one_table() -> None:
    [problem] = block_problems([table(), table()], surface="message")

    assert (problem.code, problem.message) == ("invalid_attachments", "only_one_table_allowed")


def test_all_the_text_of_a_message_together_has_a_limit() -> None:
    # given: five sections, together exactly at the limit
    blocks = [section(text=text(3000)) for _ in range(4)]
    at_limit = [*blocks, section(text=text(1200))]
    one_over = [*blocks, section(text=text(1201))]

    # then
    assert block_problems(at_limit, surface="message") == []
    assert [one.code for one in block_problems(one_over, surface="message")] == [
        "msg_blocks_too_long"
    ]
    assert block_problems(one_over, surface="home") == []


def test_markdown_blocks_share_one_limit() -> None:
    halves = [{"type": "markdown", "text": "m" * 6000}, {"type": "markdown", "text": "m" * 6001}]

    assert pointers(block_problems(halves, surface="message")) == ["/blocks"]


@pytest.mark.parametrize(
    ("view", "where"),
    [
        pytest.param(modal(title=text(24), submit=text(24), close=text(24)), None, id="at limits"),
        pytest.param(modal(title=text(25)), "/view/title/text", id="title"),
        pytest.param(modal(submit=text(25)), "/view/submit/text", id="submit"),
        pytest.param(modal(close=text(25)), "/view/close/text", id="close"),
        pytest.param(modal(title=mrkdwn()), "/view/title/type", id="title in mrkdwn"),
        pytest.param(modal(title=None), "/view/title", id="no title"),
        pytest.param(modal(private_metadata="x" * 3000), None, id="metadata at its limit"),
        pytest.param(modal(private_metadata="x" * 3001), "/view/private_metadata", id="metadata"),
        pytest.param(modal(callback_id="x" * 256), "/view/callback_id", id="callback id"),
        pytest.param(modal(external_id="x" * 256), "/view/external_id", id="external id"),
        pytest.param(modal(colour="red"), "/view/colour", id="unknown field"),
        pytest.param(modal(field(), submit=None), "/view/submit", id="input without submit"),
        pytest.param(modal(section(), submit=None), None, id="no input, no submit"),
        pytest.param(
            modal(field(focus_on_load=True), field("datepicker", focus_on_load=True)),
            "/view/blocks",
            id="two focused",
        ),
        pytest.param(
            modal({"type": "header", "text": text(151)}), "/view/blocks/0/text/text", id="its block"
        ),
        pytest.param(
            modal(section(block_id="b"), section(block_id="b")),
            "/view/blocks/1/block_id",
            id="block id twice",
        ),
        pytest.param(home(section(), field()), None, id="home"),
        pytest.param(home(title=text()), "/view/title", id="home with a title"),
        pytest.param(home(submit=text()), "/view/submit", id="home with submit"),
        pytest.param({"type": "modal", "title": text()}, "/view/blocks", id="no blocks"),
        pytest.param({"type": "sheet", "blocks": []}, "/view/type", id="unknown view"),
        pytest.param([], "/view", id="no object"),
    ],
)
def test_a_view_is_held_to_its_form(view: object, where: str | None) -> None:
    assert pointers(view_problems(view)) == ([] if where is None else [where])


def test_a_view_over_250_kilobytes_is_too_large() -> None:
    # given: sections with the longest text, in a script of three bytes a letter
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "語" * 3000}}] * 28
    large = modal(*blocks)
    fitting = modal(*blocks[:-1])

    # then
    assert view_problems(fitting) == []
    assert [problem.code for problem in view_problems(large)] == ["view_too_large"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)
VALID = [
    section(accessory=button(confirm=confirm())),
    select(),
    field(),
    table(),
    rich_list(),
    data_table(),
    chart(),
]


@given(json_values)
def test_nonsense_is_a_problem_and_never_an_error(value: object) -> None:
    assert isinstance(block_problems(value, surface="message"), list)
    assert view_problems(value)


@given(st.sampled_from(VALID), st.data())
def test_one_broken_place_in_a_right_block_never_raises(block: Json, data: st.DataObject) -> None:
    # given: the block with one value anywhere in it replaced
    broken = json.loads(json.dumps(block))
    places = list(_places(broken))
    holder, key = data.draw(st.sampled_from(places))
    holder[key] = data.draw(json_values)

    # then
    assert isinstance(block_problems([broken], surface="message"), list)


def _places(value: Any) -> list[tuple[Any, Any]]:
    if isinstance(value, str | int | float) or value is None:
        return []
    keys = list(value) if isinstance(value, Mapping) else list(range(len(value)))
    return [(value, key) for key in keys] + [one for key in keys for one in _places(value[key])]
