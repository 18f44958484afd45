"""Every method of the Web API that the sandbox knows."""

from collections.abc import Mapping
from typing import Final

from sandbox.webapi import apps, chat, conversations, files, marks, people, views
from sandbox.webapi.call import Method

METHODS: Final[Mapping[str, Method]] = {
    **apps.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **marks.METHODS,
    **people.METHODS,
    **views.METHODS,
}
