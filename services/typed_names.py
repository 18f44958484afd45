"""People who are named in typed words, as one reads them: by name instead of Slack's id."""

from data import Database, people
from services.actors import Who
from services.deps import Deps
from views.words.message_titles import mentioned, readable


def as_people_read(deps: Deps, who: Who, text: str) -> str:
    """The same words with names in place of ids; nobody is called by them."""
    return named_in_text(deps.store.reading(), who.team_id, text)


def named_in_text(db: Database, team_id: str, text: str) -> str:
    found = {one: people.by_slack_id(db, team_id, one) for one in mentioned(text)}
    names = {one: person.name for one, person in found.items() if person is not None}
    return readable(text, names)
