"""Makes the Bolt app: how requests are checked and run; what they mean stands elsewhere."""

import inspect
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

from slack_bolt import App, Args, BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from handlers.errors import answer_error
from handlers.plausible import UNREADABLE, trouble
from services.deps import Deps
from views.manifest import without_prefix

# Only what Bolt itself defers runs here: listeners run on the thread that took the request.
DEFERRED_THREADS = 2


ANY_NAME: Final = re.compile("")
# Where Slack names what is meant, by the kind of listener.
NAMES_IN: Final[Mapping[str, Callable[[dict[str, Any]], str]]] = {
    "command": lambda body: str(body["command"]),
    "action": lambda body: str(body["actions"][0]["action_id"]),
    "view": lambda body: str(body["view"]["callback_id"]),
}

log = logging.getLogger(__name__)

Listener = Callable[..., Any]
Register = Callable[..., Callable[[Listener], Any]]
Registrar = Callable[[App, Deps], None]
"""Adds the listeners of one subject to the app."""


def build_app(
    deps: Deps, registrars: Iterable[Registrar], *, team_id: str, signing_secret: str | None
) -> App:
    """An app that acks what it did, not what it is going to do.

    A listener runs to its end before Slack is answered, so that nothing acked can be lost. The
    token is checked once, here, by one call; Bolt keeps the answer for all requests.

    Args:
        deps: Handed to the listeners.
        registrars: In the order in which their listeners are asked.
        team_id: The installation.
        signing_secret: Checks requests over HTTP; None in Socket Mode, where Slack signs nothing.

    Raises:
        slack_bolt.error.BoltError: Slack does not accept the token.
    """
    app = AttentiveApp(
        deps,
        name="touchbase",
        logger=_quiet_logger(),
        client=deps.clients.for_team(team_id),
        signing_secret=signing_secret or "",
        request_verification_enabled=signing_secret is not None,
        process_before_response=True,
        listener_executor=ThreadPoolExecutor(DEFERRED_THREADS, thread_name_prefix="deferred"),
    )
    app.error(partial(answer_error, deps=deps))
    app.use(Refusal())
    app.use(PlainCommand())
    for register in registrars:
        register(app, deps)
    return app


class AttentiveApp(App):
    """Finds a listener by name, and says that somebody waits as long as it runs.

    Bolt asks each listener in turn whether it is meant, which costs more the more there are.
    """

    def __init__(self, deps: Deps, **settings: Any) -> None:
        self._deps = deps
        self._desks: dict[str, Desk] = {}
        super().__init__(**settings)

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        wrong = trouble(req.body)
        if wrong is not None:
            log.warning("a payload that Slack does not send: %s", wrong)
            # Refused below, once it is clear that it was signed.
            req.body = UNREADABLE
        with self._deps.attention.answering(), self._deps.store.lent():
            return super().dispatch(req)

    def command(self, command: Any, *rest: Any, **more: Any) -> Any:
        return self._named("command", super().command, command, *rest, **more)

    def action(self, constraints: Any, *rest: Any, **more: Any) -> Any:
        return self._named("action", super().action, constraints, *rest, **more)

    def view(self, constraints: Any, *rest: Any, **more: Any) -> Any:
        return self._named("view", super().view, constraints, *rest, **more)

    def _named(self, kind: str, register: Register, name: Any, *rest: Any, **more: Any) -> Any:
        """Only a plain name goes to the desk; Bolt looks after patterns itself."""
        if rest or more or not isinstance(name, str):
            return register(name, *rest, **more)
        desk = self._desks.get(kind)
        if desk is None:
            desk = self._desks[kind] = Desk(kind)
            register(ANY_NAME, matchers=[desk.knows])(desk.answer)
        return desk.listening_to(name)


class Desk:
    """One listener for all that are meant by their name; those of one name are asked in order.

    Args:
        kind: ``command``, ``action`` or ``view``.
    """

    def __init__(self, kind: str) -> None:
        self._name_in = NAMES_IN[kind]
        self._listeners: dict[str, list[tuple[Listener, tuple[str, ...]]]] = {}

    def listening_to(self, name: str) -> Callable[[Listener], Listener]:
        def add(listener: Listener) -> Listener:
            self._listeners.setdefault(name, []).append((listener, _wanted_by(listener)))
            return listener

        return add

    def knows(self, body: dict[str, Any]) -> bool:
        return self._name_in(body) in self._listeners

    def answer(self, args: Args) -> None:
        """Ask one listener after the other until one has acked, as Bolt does."""
        for listener, wanted in self._listeners[self._name_in(args.body)]:
            listener(**{name: getattr(args, name) for name in wanted})
            if args.ack.response is not None:
                return


def _wanted_by(listener: Listener) -> tuple[str, ...]:
    """The names of what a listener asks for; what it was given beforehand is none of it."""
    parameters = inspect.signature(listener).parameters.values()
    return tuple(one.name for one in parameters if one.default is inspect.Parameter.empty)


class Refusal(Middleware):
    """What no listener could read is answered at once."""

    def process(
        self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]
    ) -> BoltResponse:
        del resp
        if req.body is not UNREADABLE:
            return next()
        # Over a socket an answer of any kind but this one has Slack send it again.
        return BoltResponse(status=200 if req.mode == "socket_mode" else 400)


class PlainCommand(Middleware):
    """A command with a workspace's own prefix is heard as the plain one."""

    def process(
        self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]
    ) -> BoltResponse:
        del resp
        if "command" in req.body:
            req.body["command"] = without_prefix(req.body["command"])
        return next()


def _quiet_logger() -> logging.Logger:
    """Bolt writes payloads, and so people's words, to its log below this level."""
    logger = logging.getLogger("slack_bolt.touchbase")
    logger.setLevel(logging.WARNING)
    return logger
