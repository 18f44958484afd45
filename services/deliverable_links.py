"""Links that people add to a deliverable as evidence, with its card drawn anew."""

from datetime import datetime

from data import Database, links
from domain.deliverables import Commitment, Unclear
from domain.links import EVERY_MOST, Link, checked_links
from services import deliverable_posts as posts
from services.actors import Actor, Who
from services.deliverable_acting import Acting, Changed, acting, current, note, unchanged
from services.deps import Deps


def keep(
    db: Database, commitment: Commitment, actor: Actor, urls: tuple[str, ...], now: datetime
) -> int:
    """Keep links on somebody's behalf, in the transaction of their act; how many were new."""
    by, side = actor.person.id, actor.standings.side
    given = [Link(url=url, added_by=by, side=side, added_at=now) for url in urls]
    return links.add(db, commitment, given)


def allowed(deps: Deps, who: Who, commitment_id: str) -> Acting:
    """Somebody who may add a link to a deliverable, open or not.

    Raises:
        UnknownDeliverable, NotListed.
    """
    one = acting(deps, who, commitment_id)
    one.require("deliverable.create")
    return one


def add(deps: Deps, who: Who, commitment_id: str, typed: str, now: datetime) -> Changed:
    """Add links; those that it has already are no second time there.

    Raises:
        UnknownDeliverable, NotListed; Unclear: Something typed is no link, or there is no room.
    """
    one = allowed(deps, who, commitment_id)
    urls = checked_links(typed)
    if not urls:
        raise Unclear("links", "no_links")
    with deps.store.writing(one.partnership.id) as db:
        found = current(db, one)
        if len(links.every(db, found)) + len(urls) > EVERY_MOST:
            raise Unclear("links", "full_links", [str(EVERY_MOST)])
        if keep(db, found, one.actor, urls, now):
            note(db, one, "deliverable_linked", now)
            posts.show(db, one.partnership, found, now)
        return unchanged(one, found)
