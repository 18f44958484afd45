"""Check-ins: the command, the forms, and the buttons below agenda, reminder, start and question."""

from dataclasses import replace
from functools import partial
from typing import Any, Final

from slack_bolt import Ack, App

from domain.checkins import Excuse, NewPoint, Said
from handlers.forms import show_form, who_of
from handlers.payloads import (
    Body,
    form_values,
    metadata_of,
    open_form,
    press,
    source_message,
    text_of,
)
from handlers.spoken import Answer, Spoken
from services import (
    checkin_changes,
    checkin_ends,
    checkin_points,
    checkin_previews,
    checkin_reports,
    checkin_words,
    checkins,
    proposals,
)
from services import checkin_forms as forms
from services import checkin_turn_forms as turn_forms
from services.delivery_forms import update_form
from services.deps import Deps
from services.writers import writer
from views import (
    checkin_after,
    checkin_answers,
    checkin_drafts,
    checkin_filled,
    checkin_forms,
    checkin_rhythms,
    checkin_turn_forms,
    checkin_values,
    presets,
)
from views import checkins as views
from views.words.verbs import (
    AddPoint,
    CancelCheckin,
    ListCheckins,
    MoveCheckin,
    NewCheckin,
    SkipCheckin,
)

_EXCUSES: Final[dict[str, Excuse]] = {views.LATE: "late", views.ABSENT: "absent"}
_SAID: Final[dict[str, Said]] = {
    checkin_after.HELD: "held",
    checkin_after.OTHER_DAY: "other_day",
    checkin_after.NOT_HELD: "not_held",
}


def register(app: App, deps: Deps) -> None:
    app.action(checkin_drafts.CREATE)(partial(handle_create, deps=deps))
    app.action(checkin_drafts.FORM_OPEN)(partial(handle_form_open, deps=deps))
    app.action(views.ADD_POINT)(partial(handle_add_point, deps=deps))
    app.action(views.CHANGE)(partial(handle_change, deps=deps))
    app.action(views.JOIN)(handle_join)
    app.action(checkin_values.RESUME)(partial(handle_resume, deps=deps))
    app.action(checkin_values.CHANGE_OPEN)(partial(handle_change_open, deps=deps))
    app.action(checkin_values.CHANGE_AGAIN)(partial(handle_change_again, deps=deps))
    for action_id in _EXCUSES:
        app.action(action_id)(partial(handle_excuse, deps=deps))
    for action_id in _SAID:
        app.action(action_id)(partial(handle_said, deps=deps))
    for action_id in checkin_values.ACTIONS:
        app.action(action_id)(partial(handle_changed, deps=deps))
    app.action(presets.USE)(partial(handle_preset, deps=deps))
    app.action(checkin_rhythms.CHOOSE)(partial(handle_rhythm, deps=deps))
    app.action(checkin_forms.BACK)(partial(handle_back, deps=deps))
    app.view(checkin_forms.FORM)(partial(handle_form, deps=deps))
    app.view(checkin_forms.PREVIEW)(partial(handle_preview, deps=deps))
    app.view(checkin_turn_forms.POINT_FORM)(partial(handle_point_form, deps=deps))
    app.view(checkin_turn_forms.CHANGE_FORM)(partial(handle_change_form, deps=deps))
    app.view(checkin_turn_forms.CHANGE_PREVIEW)(partial(handle_change_preview, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    who, verb, now = spoken.who, spoken.verb, spoken.now
    if isinstance(verb, NewCheckin):
        said = checkin_words.new_here(deps, who, verb.rhythm, spoken.words, now)
        return Answer(drawn=said.drawn, view=said.form)
    if isinstance(verb, MoveCheckin):
        return Answer(drawn=checkin_words.move_here(deps, who, verb, now))
    if isinstance(verb, SkipCheckin | CancelCheckin):
        return Answer(drawn=checkin_words.skip_here(deps, who, verb, now))
    if isinstance(verb, AddPoint):
        said = checkin_points.add_here(deps, who, verb.words, spoken.event_id, now)
        return Answer(drawn=said.drawn, view=said.form)
    if isinstance(verb, ListCheckins):
        return Answer(drawn=checkin_words.list_here(deps, who, now))
    said = checkin_words.open_here(deps, who, now)
    return Answer(drawn=said.drawn, view=said.form)


def handle_create(ack: Ack, body: Body, *, deps: Deps) -> None:
    draft = checkin_drafts.read(press(body).value)
    checkins.create(deps, who_of(body), draft, deps.now(), answer_url=_private_url(body))
    message = source_message(body)
    if message is not None and not message.is_private:
        shown = (message.channel, message.ts)
        checkins.say_created(deps, who_of(body), draft, shown, deps.now())
    ack()


def handle_form_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    view = forms.form_of(deps, who_of(body), press(body).value, deps.now())
    show_form(deps, body, view)
    ack()


def handle_preset(ack: Ack, body: Body, *, deps: Deps) -> None:
    """A form over the form: in the same fields Slack would keep what was typed before."""
    partnership_id = metadata_of(open_form(body)).get("partnership", "")
    code, who = press(body).value, who_of(body)
    view = forms.preset_form_of(deps, who, code, partnership_id, deps.now())
    show_form(deps, body, view)
    ack()


def handle_rhythm(ack: Ack, body: Body, *, deps: Deps) -> None:
    """The form in its own place, with the fields of the kind of rhythm that was chosen."""
    who, view = who_of(body), open_form(body)
    carried = metadata_of(view)
    typed = checkin_filled.typed(form_values(view), checkin_forms.opened_with(carried).rhythm)
    rhythm = checkin_rhythms.switched(typed.rhythm, press(body).value)
    filled = replace(typed, rhythm=rhythm)
    again = forms.other_rhythm_form(deps, who, carried, filled, deps.now())
    update_form(deps.clients, who.team_id, str(view["id"]), again)
    ack()


def handle_back(ack: Ack, body: Body, *, deps: Deps) -> None:
    who, view = who_of(body), open_form(body)
    draft = checkin_drafts.from_carried(metadata_of(view))
    again = forms.form_again(deps, who, draft, deps.now())
    update_form(deps.clients, who.team_id, str(view["id"]), again)
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    now, who, carried = deps.now(), who_of(body), metadata_of(view)
    values, opened = form_values(view), checkin_forms.opened_with(carried)
    read = checkin_answers.read_form(values, writer(deps, who, now), opened)
    if read.plan is None:
        ack(response_action="errors", errors=dict(read.errors))
        return
    version = int(carried.get("version") or 0)
    if version and forms.is_outdated(deps, who, carried["id"], version):
        typed = checkin_filled.typed(values, opened.rhythm)
        again = forms.revision_redrawn(deps, who, carried["id"], typed, now)
        ack(response_action="update", view=again)
        return
    draft = checkin_drafts.Draft(
        id=carried["id"],
        partnership_id=carried["partnership"],
        plan=read.plan,
        version=version,
    )
    ack(response_action="update", view=forms.preview_of(deps, who, draft, now))


def handle_preview(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    draft = checkin_drafts.from_carried(metadata_of(view))
    if draft.version:
        proposals.revise(deps, who_of(body), draft, draft.version, deps.now())
    else:
        checkins.create(deps, who_of(body), draft, deps.now())
    if view.get("previous_view_id"):
        # A kind was chosen in the form below, which has nothing left to ask.
        ack(response_action="clear")
    else:
        ack()


def handle_add_point(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, turn_forms.point_form_of(deps, who_of(body), press(body).value))
    ack()


def handle_point_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    carried = metadata_of(view)
    point = NewPoint(id=carried["id"], words=text_of(form_values(view), "point"))
    checkins.add_point(deps, who_of(body), carried["turn"], point, deps.now())
    ack()


def handle_excuse(ack: Ack, body: Body, *, deps: Deps) -> None:
    pressed = press(body)
    excuse = _EXCUSES[pressed.action_id]
    checkins.excuse(deps, who_of(body), pressed.value, excuse, deps.now())
    ack()


def handle_said(ack: Ack, body: Body, *, deps: Deps) -> None:
    pressed, now, who = press(body), deps.now(), who_of(body)
    said = _SAID[pressed.action_id]
    checkins.confirm(deps, who, pressed.value, said, now)
    if said == "other_day":
        show_form(deps, body, checkin_reports.form_of(deps, who, pressed.value, now))
    ack()


def handle_join(ack: Ack) -> None:
    """The button is a link; Slack tells of the press, too, and waits for an ack."""
    ack()


def handle_change(ack: Ack, body: Body, *, deps: Deps) -> None:
    who = who_of(body)
    change = turn_forms.change_of_turn(deps, who, press(body).value)
    show_form(deps, body, turn_forms.change_form_of(deps, who, change))
    ack()


def handle_change_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    change = checkin_values.read(press(body).value)
    show_form(deps, body, turn_forms.change_form_of(deps, who_of(body), change))
    ack()


def handle_change_again(ack: Ack, body: Body, *, deps: Deps) -> None:
    """From the last page back to the form, in its place: three forms may lie on each other."""
    who, change = who_of(body), checkin_values.read(press(body).value)
    form = turn_forms.change_form_of(deps, who, change)
    update_form(deps.clients, who.team_id, str(body["view"]["id"]), form)
    ack()


def handle_change_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    now, who, carried = deps.now(), who_of(body), str(view.get("private_metadata"))
    asked = checkin_turn_forms.read_change(form_values(view))
    named = checkin_values.read(carried, asked.what)
    change = turn_forms.change_asked(deps, who, named, asked, now)
    again = turn_forms.change_redrawn(deps, who, change, checkin_values.seen_in(carried), now)
    shown = again or checkin_previews.preview_of(deps, who, change, now)
    ack(response_action="update", view=shown)


def handle_change_preview(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    now, who, carried = deps.now(), who_of(body), str(view.get("private_metadata"))
    change, seen = checkin_values.read(carried), checkin_values.seen_in(carried)
    again = turn_forms.change_redrawn(deps, who, change, seen, now)
    if again is not None:
        ack(response_action="update", view=again)
        return
    checkin_changes.apply(deps, who, change, now)
    ack()


def handle_changed(ack: Ack, body: Body, *, deps: Deps) -> None:
    pressed, message = press(body), source_message(body)
    change = checkin_values.read(pressed.value, checkin_values.ACTIONS[pressed.action_id])
    url = _private_url(body)
    checkin_changes.apply(deps, who_of(body), change, deps.now(), answer_url=url)
    is_question = checkin_values.is_asked_row(pressed.block_id)
    if url is None and message is not None and is_question:
        shown = (message.channel, message.ts)
        checkin_changes.say_changed(deps, who_of(body), change, shown, deps.now())
    ack()


def handle_resume(ack: Ack, body: Body, *, deps: Deps) -> None:
    url, cut = _private_url(body), checkin_values.read_cut(press(body).value)
    checkin_ends.resume(deps, who_of(body), cut, deps.now(), answer_url=url)
    ack()


def _private_url(body: Body) -> str | None:
    """Where a message that only the presser sees can be replaced; None for all others."""
    message = source_message(body)
    return press(body).response_url if message is not None and message.is_private else None
