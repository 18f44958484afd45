import pytest

from views.blocks import quoted


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("add <@U0JAMES|james>", "add @james", id="a person, by name"),
        pytest.param("ask in <#C0OPS|ops>", "ask in #ops", id="a channel, by name"),
        pytest.param("<@U0JAMES>", "&lt;@U0JAMES&gt;", id="a person without a name"),
        pytest.param("<!channel> hi", "&lt;!channel&gt; hi", id="a call to all"),
        pytest.param("<@U1|<!here>>", "&lt;@U1|&lt;!here&gt;&gt;", id="a call inside a name"),
        pytest.param("say *it*", "say \u200b*\u200bit\u200b*\u200b", id="styling marks"),
        pytest.param("a _b_", "a \u200b_\u200bb\u200b_\u200b", id="underscores around a word"),
        pytest.param("roster_v2_final.xlsx", "roster_v2_final.xlsx", id="underscores in a name"),
        pytest.param("a\n b", "a b", id="several lines"),
    ],
)
def test_typed_text_is_said_back_as_it_was_typed_and_calls_nobody(typed: str, shown: str) -> None:
    assert quoted(typed) == shown
