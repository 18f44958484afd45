"""Set-up and settings: the command, the forms and their buttons."""

from functools import partial
from typing import Any

from slack_bolt import Ack, App

from domain.setups import AlreadySetUp, CannotBeTheirLead
from handlers.forms import in_channel, show_answer, show_form, who_of
from handlers.payloads import Body, form_values, metadata_of, open_form, press
from handlers.spoken import Answer, Spoken
from services import corrections, installers, settings, setups
from services.delivery_forms import update_form
from services.deps import Deps
from views import settings as settings_views
from views import setup as views
from views import setup_preview
from views.errors import sentence
from views.words.verbs import Setup


def register(app: App, deps: Deps) -> None:
    app.action(views.OPEN)(partial(handle_open, deps=deps))
    app.action(setup_preview.POST)(partial(handle_post, deps=deps))
    app.action(setup_preview.CHANGE)(partial(handle_change, deps=deps))
    app.action(setup_preview.BACK)(partial(handle_back, deps=deps))
    app.view(views.CORRECTION)(partial(handle_correction, deps=deps))
    app.view(views.FORM)(partial(handle_form, deps=deps))
    app.view(setup_preview.PREVIEW)(partial(handle_preview, deps=deps))
    app.view(settings_views.FORM)(partial(handle_settings, deps=deps))


def answer(spoken: Spoken, deps: Deps) -> Answer:
    """The form, filled in with what was said; the settings where a partnership lives already."""
    verb = spoken.verb
    said = views.known_from(verb) if isinstance(verb, Setup) else views.Known()
    try:
        known = setups.known_beforehand(deps, spoken.who, said, spoken.now)
    except AlreadySetUp as found:
        return _already(spoken, deps, found)
    channel = str(spoken.who.channel)
    if spoken.trigger_id is None:
        return Answer(drawn=views.form_button(channel))
    opened = partial(installers.fill_in, deps, spoken.who, known, now=spoken.now)
    return Answer(drawn=views.opened(), view=views.form(known, channel), opened=opened)


def handle_open(ack: Ack, body: Body, *, deps: Deps) -> None:
    who = in_channel(who_of(body), press(body).value)
    now = deps.now()
    known = setups.known_beforehand(deps, who, views.Known(), now)
    view_id = show_form(deps, body, views.form(known, press(body).value))
    installers.fill_in(deps, who, known, view_id, now)
    ack()


def handle_form(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    zone, drawn_for = installers.zone_of(deps, who_of(body)), metadata_of(view).get("template", "")
    read = views.read_first_form(form_values(view), zone, drawn_for)
    if read.draft is None:
        ack(response_action="errors", errors=_errors(deps, body, read))
        return
    shown = setups.drawn_preview(deps, who_of(body), read.draft, deps.now())
    installers.ask_about(deps, who_of(body).team_id, read.draft.other_lead, deps.now())
    ack(response_action="update", view=setup_preview.preview(shown))


def handle_preview(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    draft = setup_preview.read_draft(metadata_of(view))
    beginning = setup_preview.read_beginning(form_values(view))
    try:
        setups.set_up(deps, who_of(body), draft, beginning, deps.now())
    except CannotBeTheirLead as unfit:
        # Slack told of the person only now, and the field stands on the page before.
        known, channel = views.known_of(draft), metadata_of(view)["channel"]
        ack(response_action="update", view=views.form(known, channel, sentence(unfit) or ""))
        return
    ack()


def handle_back(ack: Ack, body: Body, *, deps: Deps) -> None:
    view = open_form(body)
    carried = metadata_of(view)
    shown = views.form(views.known_of(setup_preview.read_draft(carried)), carried["channel"])
    update_form(deps.clients, who_of(body).team_id, str(view["id"]), shown)
    ack()


def handle_post(ack: Ack, body: Body, *, deps: Deps) -> None:
    setups.post_now(deps, who_of(body), press(body).value, deps.now())
    show_answer(deps, body, setup_preview.posted(), deps.now())
    ack()


def handle_change(ack: Ack, body: Body, *, deps: Deps) -> None:
    show_form(deps, body, corrections.correction_form(deps, who_of(body), press(body).value))
    ack()


def handle_correction(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    carried = metadata_of(view)
    read = views.read_form({**carried, **form_values(view)})
    if read.draft is None:
        ack(response_action="errors", errors=_errors(deps, body, read))
        return
    corrections.correct(deps, who_of(body), carried["partnership"], read.draft, deps.now())
    ack()


def handle_settings(ack: Ack, body: Body, view: dict[str, Any], *, deps: Deps) -> None:
    read = settings_views.read_form(form_values(view))
    if read.settings is None:
        ack(response_action="errors", errors=dict(read.errors))
        return
    named = metadata_of(view)["partnership"]
    settings.change_settings(deps, who_of(body), named, read.settings, deps.now())
    ack()


def _already(spoken: Spoken, deps: Deps, found: AlreadySetUp) -> Answer:
    if found.state == "looking":
        return Answer(drawn=setups.looked_at(deps, spoken.who))
    view = corrections.settings_or_correction(deps, spoken.who)
    return Answer(drawn=settings_views.form_button(view), view=view)


def _errors(deps: Deps, body: Body, read: views.FormRead) -> dict[str, str]:
    """Everything that needs a change, at once."""
    trouble = setups.lead_trouble(deps, who_of(body), read)
    if trouble is None:
        return dict(read.errors)
    return {**read.errors, trouble.field: sentence(trouble) or ""}
