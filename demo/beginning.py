"""Says where to begin in a world in which nothing has happened yet; nobody acts here."""

from typing import Final

from demo.control import Control

TITLE: Final = "Nothing has happened yet"
EMPTY: Final = "Nothing here yet. Be {name} and type /touchbase setup below."
SET_UP: Final = "Type /touchbase setup below, fill in the form, and press *Post*."
AGREE: Final = "Then be the lead whom you named for the other side, and press *Agree*."


def invite(base_url: str) -> None:
    """Show the first step as the first person of the home company, in the first shared channel.

    A world without such a person or channel is left as it is.
    """
    with Control(base_url) as control:
        world = control.see("world")
        people = [user for user in world["users"] if not (user["is_bot"] or user["deleted"])]
        for channel in world["channels"]:
            mine = [user for user in people if user["id"] in channel["members"]]
            if not channel["is_shared"] or not mine:
                continue
            control.do(
                "guide",
                title=TITLE,
                steps=[{"text": SET_UP, "user": mine[0]["id"]}, AGREE],
                empty=EMPTY.format(name=mine[0]["real_name"]),
                user=mine[0]["id"],
                channel=channel["id"],
            )
            return
