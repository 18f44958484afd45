"""The shape of a rich text block and of what may stand in it."""

from sandbox.block_rules import Shape, array, boolean, integer, one_of, string, typed

_STYLES = (
    "bold",
    "italic",
    "strike",
    "code",
    "underline",
    "highlight",
    "client_highlight",
    "unlink",
)
_STYLE = {"style": Shape(required={}, optional=dict.fromkeys(_STYLES, boolean))}
_ID = string(255)
_INLINE = typed(
    {
        "text": Shape(required={"text": string(3000)}, optional=_STYLE),
        "link": Shape(
            required={"url": string(3000)},
            optional={**_STYLE, "text": string(3000), "unsafe": boolean},
        ),
        "emoji": Shape(
            required={"name": string(255)},
            optional={**_STYLE, "unicode": string(255), "skin_tone": integer(1, 6)},
        ),
        "user": Shape(required={"user_id": _ID}, optional=_STYLE),
        "usergroup": Shape(required={"usergroup_id": _ID}, optional=_STYLE),
        "team": Shape(required={"team_id": _ID}, optional=_STYLE),
        "channel": Shape(required={"channel_id": _ID}, optional=_STYLE),
        "broadcast": Shape(
            required={"range": one_of("here", "channel", "everyone")}, optional=_STYLE
        ),
        "color": Shape(required={"value": string(255)}, optional=_STYLE),
        "date": Shape(
            required={"timestamp": integer(0, 9_999_999_999), "format": string(3000)},
            optional={**_STYLE, "url": string(3000), "fallback": string(3000)},
        ),
    },
    "rich text element",
)
_INLINES = {"elements": array(_INLINE, at_least=0, at_most=10_000)}
_BORDER = {"border": integer(0, 1)}
_SECTION = Shape(required=_INLINES, optional={})
_LIST = Shape(
    required={
        "style": one_of("bullet", "ordered"),
        "elements": array(typed({"rich_text_section": _SECTION}, "list item"), at_most=10_000),
    },
    # Slack: indent 0-8
    optional={**_BORDER, "indent": integer(0, 8), "offset": integer(0, 10_000)},
)
RICH_TEXT_PARTS = {
    "elements": array(
        typed(
            {
                "rich_text_section": _SECTION,
                "rich_text_list": _LIST,
                "rich_text_preformatted": Shape(
                    required=_INLINES, optional={**_BORDER, "language": string(255)}
                ),
                "rich_text_quote": Shape(required=_INLINES, optional=_BORDER),
            },
            "rich text part",
        ),
        at_most=10_000,
    )
}
RICH_TEXT = typed(
    {"rich_text": Shape(required=RICH_TEXT_PARTS, optional={"block_id": _ID})}, "rich text"
)
