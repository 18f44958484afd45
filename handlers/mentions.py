"""The mention of the bot in a message, as text; what is answered to it is not here."""

import re
from typing import Any

from handlers.payloads import Body


def bot_user_of(body: Body) -> str:
    """Slack id of our own user; empty where Slack does not say."""
    authorizations: list[dict[str, Any]] = body.get("authorizations") or [{}]
    return str(authorizations[0].get("user_id") or "")


def without_mention(text: str, bot_user: str) -> str:
    """What was said to the bot, wherever in it the bot is mentioned; the rest stays, by line."""
    whom = re.escape(bot_user) if bot_user else "[UW][A-Z0-9]+"
    bare = re.sub(rf"<@{whom}(?:\|[^<>]*)?>[,:]?", " ", text, count=1)
    lines = (" ".join(line.split()) for line in bare.splitlines())
    return "\n".join(line for line in lines if line)
