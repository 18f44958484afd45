"""What is answered to words that want something gone: the form that asks why, or which one."""

from domain.deliverables import Commitment
from services.actors import Actor
from services.deliverable_history import drawn_now
from services.deliverable_reasons import form
from services.deliverable_words import Asked, Said, listed_here, may, meant
from services.deps import Deps
from services.typed_names import named_in_text
from views import deliverable_answers
from views.deliverables import WITHDRAW
from views.words.verbs import CancelDeliverable


def cancel_here(deps: Deps, asked: Asked, said: CancelDeliverable) -> Said:
    """Ask why what the words mean is cancelled; in doubt, which one.

    Raises:
        NoPartnershipHere, NotListed, NotAllowed.
    """
    actor = listed_here(deps, asked.who)
    found = meant(deps.store.reading(), actor, said.words, is_public=asked.is_public)
    if not found:
        typed = named_in_text(deps.store.reading(), actor.team_id, said.typed)
        return Said(drawn=deliverable_answers.none_to_cancel(typed))
    mine = [one for one in found if may(actor, one, "deliverable.withdraw")]
    if not mine:
        actor.require("deliverable.withdraw", found[0].thing(actor.person.id))
    if len(mine) > 1:
        return Said(drawn=deliverable_answers.choose(actor.partnership, mine, WITHDRAW))
    return _asked_why(deps, asked, actor, mine[0])


def _asked_why(deps: Deps, asked: Asked, actor: Actor, one: Commitment) -> Said:
    view = drawn_now(deps, asked.who, one.id, form(deps, asked.who, one.id, "withdraw", asked.now))
    return Said(drawn=deliverable_answers.cancel_asked(actor.partnership, one), form=view)
