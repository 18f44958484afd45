"""Makes the Bolt app: how requests are checked and run; what they mean stands elsewhere."""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from handlers.errors import answer_error
from services.deps import Deps
from views.manifest import without_prefix

# Only what Bolt itself defers runs here: listeners run on the thread that took the request.
DEFERRED_THREADS = 2


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
    app = App(
        name="touchbase",
        logger=_quiet_logger(),
        client=deps.clients.for_team(team_id),
        signing_secret=signing_secret or "",
        request_verification_enabled=signing_secret is not None,
        process_before_response=True,
        listener_executor=ThreadPoolExecutor(DEFERRED_THREADS, thread_name_prefix="deferred"),
    )
    app.error(partial(answer_error, deps=deps))
    app.use(PlainCommand())
    for register in registrars:
        register(app, deps)
    return app


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
