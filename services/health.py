"""Whether the bot can do its work right now, for whoever watches over the process."""

from domain.store_errors import StoreError
from services.deps import Deps


def database_answers(deps: Deps) -> bool:
    try:
        return bool(list(deps.store.reading().query("SELECT COUNT(*) AS rows FROM workspaces")))
    except StoreError:
        return False
