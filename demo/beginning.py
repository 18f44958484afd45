"""Says where to begin in a world in which nothing has happened yet; nobody acts here."""

from demo import guides
from demo.control import Control, Json


def invite(base_url: str) -> None:
    """Show the first step as the first person of the home company, in the first shared channel.

    A world without such a person or channel is left as it is.
    """
    with Control(base_url) as control:
        world = control.see("world")
        people = [user for user in world["users"] if not (user["is_bot"] or user["deleted"])]
        for channel in world["channels"]:
            mine = _first_of(people, channel)
            if channel["is_shared"] and mine is not None:
                control.do("guide", **guides.in_an_empty_world(mine, channel["id"]))
                return


def _first_of(people: list[Json], channel: Json) -> Json | None:
    return next((user for user in people if user["id"] in channel["members"]), None)
