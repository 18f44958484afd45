"""Which commands, events, buttons and forms the listeners name, found without starting anything."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from slack_bolt import App

from handlers.app import Registrar
from services.deps import Deps
from views.manifest import Listening
from views.surface import SHORTCUTS

Listener = Callable[..., Any]


class Registered:
    """Stands in for an app while listeners are registered, and notes what they name.

    Patterns are not noted: what catches all names nothing.
    """

    def __init__(self) -> None:
        self.commands: list[str] = []
        self.events: list[str] = []
        self.actions: list[str] = []
        self.views: list[str] = []
        self.shortcuts: list[str] = []
        self.options_of: list[str] = []

    def command(self, name: Any) -> Callable[[Listener], Listener]:
        return _noting(self.commands, name)

    def event(self, name: Any) -> Callable[[Listener], Listener]:
        return _noting(self.events, name)

    def action(self, name: Any) -> Callable[[Listener], Listener]:
        return _noting(self.actions, name)

    def view(self, name: Any) -> Callable[[Listener], Listener]:
        return _noting(self.views, name)

    view_submission = view
    view_closed = view

    def shortcut(self, name: Any) -> Callable[[Listener], Listener]:
        return _noting(self.shortcuts, name)

    message_shortcut = shortcut

    def options(self, name: Any) -> Callable[[Listener], Listener]:
        return _noting(self.options_of, name)


def registered(registrars: Iterable[Registrar]) -> Registered:
    """Run the registrars for what they name. They only hand on their deps, so none are needed."""
    noted = Registered()
    for register in registrars:
        register(cast("App", noted), cast("Deps", None))
    return noted


def listening(noted: Registered) -> Listening:
    return Listening(
        commands=frozenset(noted.commands),
        events=frozenset(noted.events),
        shortcuts=tuple(SHORTCUTS[name] for name in noted.shortcuts),
    )


def _noting(names: list[str], name: Any) -> Callable[[Listener], Listener]:
    """Slack's ways to name something: its name, or a mapping with the name and what is narrower."""
    if isinstance(name, dict):
        name = name.get("type") or name.get("action_id") or name.get("callback_id")
    if isinstance(name, str) and name not in names:
        names.append(name)
    return lambda listener: listener
