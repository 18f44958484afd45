"""Forms that open or change at once: the one kind of call to Slack that a listener waits for."""

from collections.abc import Mapping
from typing import Any

from services.directory import Clients, called


def open_form(clients: Clients, team_id: str, trigger_id: str, view: Mapping[str, Any]) -> str:
    """Open a form with a trigger; returns the view's id.

    Raises:
        SlackRefused, SlackBusy, SlackUnreachable: It is not open, or nobody can tell.
    """
    return _shown(clients, team_id, "views.open", trigger_id, view)


def push_form(clients: Clients, team_id: str, trigger_id: str, view: Mapping[str, Any]) -> str:
    """Put a form on top of the one in which the trigger arose; returns the view's id.

    Raises:
        SlackRefused, SlackBusy, SlackUnreachable: It is not open, or nobody can tell.
    """
    return _shown(clients, team_id, "views.push", trigger_id, view)


def update_form(clients: Clients, team_id: str, view_id: str, view: Mapping[str, Any]) -> None:
    """Put something else in the place of a form that stands open.

    Raises:
        SlackRefused, SlackBusy, SlackUnreachable: It was not changed, or nobody can tell.
    """
    called(clients.quick(team_id), "views.update", {"view_id": view_id, "view": dict(view)})


def _shown(
    clients: Clients, team_id: str, method: str, trigger_id: str, view: Mapping[str, Any]
) -> str:
    client = clients.quick(team_id)
    answer = called(client, method, {"trigger_id": trigger_id, "view": dict(view)})
    return str(answer["view"]["id"])
