"""Small scenes of one person each, for the weeks to be put together from."""

from collections.abc import Callable, Mapping
from typing import Final

from demo.acts import Stage
from demo.people import GLOBALCALL, MARIA, MIGUEL

Act = Callable[[Stage], None]

SET_UP: Final = (
    'setup client "Acme Retail", vendor "Globalcall", we are the client,'
    " zone America/New_York, their zone Asia/Manila"
)


WOULD_HELP: Final = "To hear of changes a week before they come."
_LOW: Final = 2


def sets_up(stage: Stage) -> None:
    """Maria fills in the form, looks at the preview, and posts."""
    stage.type(MARIA, "/touchbase", SET_UP)
    stage.fill(MARIA, other_lead=stage.id_of(MIGUEL))
    stage.fill(MARIA)


def agrees(stage: Stage) -> None:
    """He reads what begins, and says that he agrees."""
    stage.press(MIGUEL, "consent.agree")
    stage.fill(MIGUEL)


def lists_people(name: str, *members: str) -> Act:
    """A lead says who of the own side works on this; everybody else only reads along."""

    def act(stage: Stage) -> None:
        stage.press(name, "people.pick")
        stage.fill(
            name,
            leads=[stage.id_of(name)],
            members=[stage.id_of(one) for one in members],
        )
        stage.close_forms(name)

    return act


def wants_summaries_in_the_channel(name: str) -> Act:
    def act(stage: Stage) -> None:
        stage.press(name, "hub.more")
        stage.press_in_form(name, "hub.setup")
        stage.fill(name, summary="channel")
        stage.close_forms(name)

    return act


def says(name: str, text: str) -> Act:
    return lambda stage: _note(stage.say(name, text))


def replies(name: str, to: str, text: str) -> Act:
    """Answer in the thread of the newest message that says ``to``."""
    return lambda stage: _note(stage.say(name, text, below=stage.reads(name, to)))


def asks_for(name: str, words: str) -> Act:
    """Write a deliverable down in words, as people of the installing company can."""
    return lambda stage: stage.type(name, "/deliverable", words)


def asks_with_form(name: str, title: str, owner: str, due_on: str) -> Act:
    """Write a deliverable down from the hub, as everybody can."""

    def act(stage: Stage) -> None:
        stage.press(name, "hub.deliverable")
        stage.fill(name, title=title, owner=stage.id_of(owner), due=due_on)

    return act


def accepts(name: str, title: str) -> Act:
    return lambda stage: stage.press(name, "deliverable.accept", beside=title)


def has_done(name: str, title: str) -> Act:
    return lambda stage: stage.press(name, "deliverable.done", beside=title)


def finds_it_good(name: str, title: str) -> Act:
    """Accept what the other side delivered."""
    return lambda stage: stage.press(name, "deliverable.approve", beside=title)


def gives_new_date(name: str, title: str, due_on: str, reason: str) -> Act:
    def act(stage: Stage) -> None:
        stage.press(name, "deliverable.new_date", beside=title)
        stage.fill(name, due=due_on, reason=reason)

    return act


def adds_point(name: str, point: str) -> Act:
    def act(stage: Stage) -> None:
        stage.press(name, "checkin.add_point")
        stage.fill(name, point=point)

    return act


def says_it_took_place(name: str) -> Act:
    return lambda stage: stage.press(name, "checkin.held")


def says_it_did_not(name: str) -> Act:
    return lambda stage: stage.press(name, "checkin.not_held")


def adds_note(name: str, about: str, note: str) -> Act:
    """A lead of Globalcall opens the draft of the coming summary and says a word about a line."""

    def act(stage: Stage) -> None:
        stage.press(name, "summary.read")
        stage.press_in_form(name, "gaps.note", beside=about)
        stage.fill(name, note=note)
        stage.close_forms(name)

    return act


def answer_the_pulse(scores: Mapping[str, int]) -> Act:
    """Each presses a number between 1 and 5; after a low one a form asks what would help."""

    def act(stage: Stage) -> None:
        for name, score in scores.items():
            stage.press(name, f"pulse.answer_{score}")
            if score <= _LOW:
                stage.fill(name, q2=WOULD_HELP)

    return act


def tells_touchbase(name: str, words: str) -> Act:
    """Say something to Touchbase: by its command at home, by a mention elsewhere."""
    if name in GLOBALCALL:
        return lambda stage: _note(stage.say(name, f"@touchbase {words}"))
    return lambda stage: stage.type(name, "/touchbase", words)


def looks(_stage: Stage) -> None:
    """Somebody is there; what they do is up to the viewer."""


def together(*acts: Act) -> Act:
    """Several things in one sitting, with time for the bot to answer in between."""

    def act(stage: Stage) -> None:
        for one in acts:
            one(stage)
            stage.pause()

    return act


def _note(_ts: str) -> None:
    """A message was posted; nobody needs to find it by its ts."""
