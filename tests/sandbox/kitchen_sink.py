"""What an app may send: every block and element, in messages, in forms and in a Home."""

from itertools import cycle, islice
from typing import Any, Final

from sandbox.world import World
from tests.sandbox.page_stage import ANA, CHANNEL, MARIA, button, text

Json = dict[str, Any]

MOMENT: Final = 1794268800  # 2026-11-10 00:00 UTC
LONG_WORD: Final = "Donaudampfschifffahrtsgesellschaftskapitän" * 6
ARABIC: Final = "مرحبا بكم في الاجتماع القادم"
OUTSIDE: Final = "https://outside.example/team/picture.png"


def mrkdwn(words: str) -> Json:
    return {"type": "mrkdwn", "text": words}


def option(words: str, value: str | None = None, **fields: object) -> Json:
    return {"text": text(words), "value": value or words.lower(), **fields}


def options(*words: str) -> list[Json]:
    return [option(word) for word in words]


def section(words: str, **fields: object) -> Json:
    return {"type": "section", "text": mrkdwn(words), **fields}


def actions(name: str, *elements: Json) -> Json:
    return {"type": "actions", "block_id": name, "elements": list(elements)}


def field(name: str, label: str, element: Json, **fields: object) -> Json:
    held = {"action_id": "value", **element}
    return {"type": "input", "block_id": name, "label": text(label), "element": held, **fields}


CONFIRM: Final[Json] = {
    "title": text("Are you sure?"),
    "text": mrkdwn("This *cannot* be taken back."),
    "confirm": text("Yes, do it"),
    "deny": text("Rather not"),
    "style": "danger",
}
GROUPS: Final[list[Json]] = [
    {"label": text("Client"), "options": options("New York", "Chicago")},
    {"label": text("Vendor"), "options": options("Manila", "Cebu")},
]
NOTED: Final[list[Json]] = [
    {"text": mrkdwn("*Weekly*"), "value": "weekly", "description": mrkdwn("Every _Tuesday_")},
    {"text": mrkdwn("Monthly"), "value": "monthly"},
]
HUNDRED: Final[list[Json]] = [option(f"Option {number}") for number in range(1, 101)]


def words_message() -> list[Json]:
    """Text in all its forms."""
    dates = " · ".join(
        f"<!date^{MOMENT}^{{{token}}}|fallback>"
        for token in (
            *("date", "date_num", "date_slash", "date_short", "date_long", "date_long_full"),
            *("date_pretty", "date_short_pretty", "date_long_pretty", "day_divider_pretty"),
            *("time", "time_secs", "ago"),
        )
    )
    return [
        {"type": "header", "text": text("Everything at once :tada:")},
        section(
            f"*bold* _italic_ ~strike~ `code` <https://example.com|a link> <@{MARIA}> <@{ANA}>"
            f" <#{CHANNEL}> <!here> :wave::skin-tone-4: &lt;b&gt;\n> a quote\n• one\n• two\n"
            "```a block of code```"
        ),
        section(f"Dates: {dates}"),
        section(
            "Fields:",
            fields=[mrkdwn("*Owner*\nAna Reyes"), text("Due\nFri"), mrkdwn("a"), text("b")],
        ),
        {"type": "divider"},
        {
            "type": "context",
            "elements": [
                {"type": "image", "image_url": OUTSIDE, "alt_text": "A face"},
                mrkdwn("Said *today* by <@U0ANA000000>"),
                text("and no more"),
            ],
        },
        section(f"{ARABIC}\n{LONG_WORD}"),
        {"type": "image", "image_url": OUTSIDE, "alt_text": "The team", "title": text("Our team")},
        {"type": "rich_text", "elements": rich_parts()},
    ]


def rich_parts() -> list[Json]:
    def styled(**style: bool) -> Json:
        return {"type": "text", "text": " and ".join(style), "style": style}

    def said(*elements: Json) -> Json:
        return {"type": "rich_text_section", "elements": list(elements)}

    def plain(words: str) -> Json:
        return {"type": "text", "text": words}

    def listed(style: str, indent: int, *words: str, **fields: int) -> Json:
        items = [said(plain(word)) for word in words]
        return {
            "type": "rich_text_list",
            "style": style,
            "indent": indent,
            "elements": items,
            **fields,
        }

    return [
        said(
            styled(bold=True, italic=True),
            plain(", "),
            styled(strike=True, underline=True),
            plain(", "),
            styled(code=True),
            plain(" "),
            {"type": "user", "user_id": ANA},
            plain(" "),
            {"type": "channel", "channel_id": CHANNEL},
            plain(" "),
            {"type": "usergroup", "usergroup_id": "S0TRAINERS"},
            plain(" "),
            {"type": "broadcast", "range": "channel"},
            plain(" "),
            {"type": "emoji", "name": "not_known_here", "unicode": "1f9ea"},
            plain(" "),
            {"type": "link", "url": "https://example.com", "text": "a link"},
            plain(" "),
            {"type": "color", "value": "#16794c"},
            plain(" "),
            {
                "type": "date",
                "timestamp": MOMENT,
                "format": "{date_long} at {time}",
                "fallback": "in November",
            },
        ),
        listed("bullet", 0, "outer one"),
        listed("bullet", 1, "inner", "inner too"),
        listed("ordered", 0, "sixth", "seventh", offset=5),
        {"type": "rich_text_quote", "elements": [plain("a quote")], "border": 1},
        {"type": "rich_text_preformatted", "elements": [plain("code\n  that keeps its blanks")]},
    ]


def controls_message() -> list[Json]:
    """Every element that may stand in a message."""
    return [
        actions(
            "buttons",
            button("Plain", "plain"),
            button("Primary", "primary", style="primary"),
            button("Danger", "danger", style="danger", confirm=CONFIRM),
            button("Link", "link", url="https://example.com/"),
            {"type": "overflow", "action_id": "more", "options": options("Edit", "Move", "Remove")},
        ),
        actions(
            "selects",
            {"type": "static_select", "action_id": "group", "option_groups": GROUPS},
            {"type": "static_select", "action_id": "hundred", "options": HUNDRED},
            {"type": "users_select", "action_id": "user", "placeholder": text("Who?")},
            {"type": "conversations_select", "action_id": "talk"},
            {"type": "channels_select", "action_id": "channel"},
            {"type": "external_select", "action_id": "outside", "min_query_length": 1},
        ),
        actions(
            "times",
            {"type": "datepicker", "action_id": "day", "placeholder": text("Pick a day")},
            {"type": "timepicker", "action_id": "time", "timezone": "Asia/Manila"},
            {
                "type": "datetimepicker",
                "action_id": "moment",
                "initial_date_time": MOMENT,
            },
        ),
        actions(
            "lists",
            {"type": "radio_buttons", "action_id": "radio", "options": NOTED},
            {
                "type": "checkboxes",
                "action_id": "boxes",
                "options": NOTED,
                "initial_options": NOTED[:1],
            },
        ),
        section(
            "*Training deck*\nDue Friday, waits for the volume forecast",
            accessory=button("Done", "done", style="primary"),
        ),
        section(
            "Several people",
            accessory={
                "type": "multi_users_select",
                "action_id": "people",
                "initial_users": [ANA],
                "max_selected_items": 2,
            },
        ),
        section(
            "With a picture",
            accessory={"type": "image", "image_url": OUTSIDE, "alt_text": "A chart"},
        ),
    ]


def table_message() -> list[Json]:
    """A wide table, and what stands above it."""
    heads = ["What", "Whose", "Days", "Note", "Owner", "Since", "Next step"]
    head = [{"type": "raw_text", "text": word} for word in heads]
    note = "A longer note that goes on and on until it has to wrap in its column"
    row: list[Json] = [
        {"type": "raw_text", "text": "Refund script"},
        {"type": "raw_text", "text": "Globalcall"},
        {"type": "raw_number", "value": 12.5, "text": "12.5"},
        {"type": "raw_text", "text": note},
        {"type": "rich_text", "elements": rich_parts()[:1]},
        {"type": "raw_text", "text": "Wednesday"},
        {"type": "raw_text", "text": "Send the forecast"},
    ]
    settings: list[Json | None] = [None, {"align": "center"}, {"align": "right"}]
    return [
        {"type": "table", "rows": [head, row, row], "column_settings": [*settings, WRAPPED]},
        section("A table stands last, wherever it was sent."),
    ]


WRAPPED: Final[Json] = {"is_wrapped": True}


def data_table() -> Json:
    """A table of twelve rows, of which five are shown at a time."""

    def row(*cells: str | int) -> list[Json]:
        return [
            {"type": "raw_number", "value": cell}
            if isinstance(cell, int)
            else {"type": "raw_text", "text": cell}
            for cell in cells
        ]

    rows = [row(f"Week {number}", number * 7 % 12) for number in range(1, 13)]
    return {"type": "data_table", "caption": "Answers", "rows": [row("Week", "Count"), *rows]}


def chart(kind: str, names: list[str], *, title: str = "Answers in time") -> Json:
    weeks = [f"Week {number}" for number in range(40, 48)]
    heights = cycle([72, 85, 64, 91, 88, 95.5, 79, 90])
    series = [
        {
            "name": name,
            "data": [
                {"label": week, "value": value}
                for week, value in zip(weeks, islice(heights, at, at + 8), strict=True)
            ],
        }
        for at, name in enumerate(names)
    ]
    axes = {"categories": weeks, "x_label": "2026", "y_label": "Percent"}
    figures = {"type": kind, "series": series, "axis_config": axes}
    return {"type": "data_visualization", "title": title, "chart": figures}


def pie() -> Json:
    shares = [("Answered", 45), ("Elsewhere", 12), ("Open", 8)]
    segments = [{"label": label, "value": value} for label, value in shares]
    return {
        "type": "data_visualization",
        "title": "Where answers came",
        "chart": {"type": "pie", "segments": segments},
    }


def fields() -> list[Json]:
    """Every input of a form."""
    return [
        field(
            "title",
            "Title",
            {"type": "plain_text_input", "min_length": 3, "max_length": 20},
            hint=text("A few words"),
        ),
        field(
            "note",
            "Note",
            {
                "type": "plain_text_input",
                "multiline": True,
                "initial_value": "It begins so",
                "placeholder": text("What else?"),
            },
            optional=True,
        ),
        field("count", "Count", {"type": "number_input", "is_decimal_allowed": False}),
        field("mail", "Mail", {"type": "email_text_input", "placeholder": text("you@example.com")}),
        field("page", "Page", {"type": "url_text_input"}, optional=True),
        field("owner", "Owner", {"type": "users_select"}),
        field(
            "people",
            "People",
            {"type": "multi_users_select", "initial_users": [MARIA]},
            optional=True,
        ),
        field("where", "Where", {"type": "multi_conversations_select"}, optional=True),
        field("city", "City", {"type": "static_select", "option_groups": GROUPS}),
        field("due", "Due", {"type": "datepicker", "initial_date": "2026-11-20"}),
        field("at", "At", {"type": "timepicker", "initial_time": "09:30"}, optional=True),
        field("moment", "Moment", {"type": "datetimepicker"}, optional=True),
        field(
            "often",
            "How often",
            {"type": "radio_buttons", "options": NOTED, "initial_option": NOTED[0]},
        ),
        field("also", "Also", {"type": "checkboxes", "options": NOTED}, optional=True),
        field("rich", "In your words", {"type": "rich_text_input"}, optional=True),
    ]


def crowd(world: World, count: int) -> None:
    """Add so many people to the vendor."""
    ana = world.users[ANA]
    for number in range(count):
        name = f"agent{number:03}"
        user_id = f"U0CROWD{number:04}"
        world.users[user_id] = type(ana)(
            id=user_id, team_id=ana.team_id, name=name, real_name=f"Agent {number:03}", tz=ana.tz
        )
