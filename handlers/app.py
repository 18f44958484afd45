"""Makes the Bolt app: how requests are checked and run; what they mean stands elsewhere."""

import inspect
import logging
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from typing import Any, Final

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from handlers.errors import answer_error
from handlers.payloads import Body, Kind, kind_of
from handlers.plausible import UNREADABLE, trouble
from services.deps import Deps
from views.manifest import without_prefix

# Only what Bolt itself defers runs here: listeners run on the thread that took the request.
DEFERRED_THREADS = 2


# Where Slack names what is meant.
NAME_IN: Final[Mapping[Kind, Callable[[Body], str]]] = {
    "command": lambda body: str(body["command"]),
    "click": lambda body: str(body["actions"][0]["action_id"]),
    "submission": lambda body: str(body["view"]["callback_id"]),
}
# What a listener may ask for, by the name of its argument.
GIVEN: Final[Mapping[str, Callable[[BoltRequest], Any]]] = {
    "ack": lambda req: req.context.ack,
    "action": lambda req: req.body["actions"][0],
    "body": lambda req: req.body,
    "command": lambda req: req.body,
    "view": lambda req: req.body["view"],
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
    for register in registrars:
        register(app, deps)
    return app


class AttentiveApp(App):
    """Finds a listener by name, and says that somebody waits as long as it runs.

    Bolt asks each listener in turn whether it is meant, which costs more the more there are.
    """

    def __init__(self, deps: Deps, **settings: Any) -> None:
        self._deps = deps
        self.desk = Desk()
        # Nobody here asks what Bolt finds out about the installation between there and a listener.
        super().__init__(before_authorize=self.desk, **settings)

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        wrong = trouble(req.body)
        if wrong is not None:
            log.warning("a payload that Slack does not send: %s", wrong)
            # Refused below, once it is clear that it was signed.
            req.body = UNREADABLE
        with self._deps.attention.answering(), self._deps.store.lent():
            return super().dispatch(req)

    def _init_context(self, req: BoltRequest) -> None:
        """As Bolt does it, but for a client of its own for each request: nobody changes ours."""
        if req.context.function_bot_access_token is not None:
            super()._init_context(req)
            return
        req.context["logger"] = self.logger
        req.context["token"] = self._token
        req.context["client"] = self.client
        req.context["listener_runner"] = self.listener_runner

    def command(self, command: Any, *rest: Any, **more: Any) -> Any:
        return self._named("command", super().command, command, *rest, **more)

    def action(self, constraints: Any, *rest: Any, **more: Any) -> Any:
        return self._named("click", super().action, constraints, *rest, **more)

    def view(self, constraints: Any, *rest: Any, **more: Any) -> Any:
        return self._named("submission", super().view, constraints, *rest, **more)

    def _named(self, kind: Kind, register: Register, name: Any, *rest: Any, **more: Any) -> Any:
        """Only a plain name goes to the desk; Bolt looks after patterns itself."""
        if rest or more or not isinstance(name, str):
            return register(name, *rest, **more)
        return partial(self.desk.add, kind, name)


class Desk(Middleware):
    """Hands what is meant by a plain name to its listeners, in the order of their subjects.

    What nobody here acks goes on to Bolt's own listeners; what no listener could read does not.
    """

    def __init__(self) -> None:
        self._listeners: dict[tuple[Kind, str], list[tuple[Listener, tuple[str, ...]]]] = {}

    def add(self, kind: Kind, name: str, listener: Listener) -> Listener:
        self._listeners.setdefault((kind, name), []).append((listener, _wanted_by(listener)))
        return listener

    def process(
        self, *, req: BoltRequest, resp: BoltResponse, next: Callable[[], BoltResponse]
    ) -> BoltResponse:
        del resp
        body = req.body
        if body is UNREADABLE:
            # Over a socket an answer of any kind but this one has Slack send it again.
            return BoltResponse(status=200 if req.mode == "socket_mode" else 400)
        if "command" in body:
            # One with a workspace's own prefix is heard as the plain one.
            body["command"] = without_prefix(body["command"])
        return self._answer(req) or next()

    def _answer(self, req: BoltRequest) -> BoltResponse | None:
        kind = kind_of(req.body)
        name_in = NAME_IN.get(kind)
        if name_in is None:
            return None
        ack = req.context.ack
        for listener, wanted in self._listeners.get((kind, name_in(req.body)), ()):
            listener(**{name: GIVEN[name](req) for name in wanted})
            if ack.response is not None:
                return ack.response
        return None


def _wanted_by(listener: Listener) -> tuple[str, ...]:
    """The names of what a listener asks for; what it was given beforehand is none of it.

    Raises:
        KeyError: It asks for what it would not get.
    """
    if isinstance(listener, partial) and not listener.args:
        needed = _needed_by(listener.func)
        wanted = tuple(name for name in needed if name not in listener.keywords)
    else:
        wanted = _needed_by(listener)
    for name in wanted:
        GIVEN[name]
    return wanted


@lru_cache(maxsize=1024)
def _needed_by(listener: Listener) -> tuple[str, ...]:
    """The names of what a function cannot do without; reading them takes long."""
    parameters = inspect.signature(listener).parameters.values()
    return tuple(one.name for one in parameters if one.default is inspect.Parameter.empty)


def _quiet_logger() -> logging.Logger:
    """Bolt writes payloads, and so people's words, to its log below this level."""
    logger = logging.getLogger("slack_bolt.touchbase")
    logger.setLevel(logging.WARNING)
    return logger
