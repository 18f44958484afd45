"""How long Slack waits for an app, on the machine's clock; what waits is elsewhere."""

from dataclasses import dataclass


@dataclass(slots=True, kw_only=True)
class Patience:
    """Slack's own unless said otherwise: more for a slow machine, less to see a time-out soon.

    It may be changed while the sandbox runs, and holds for what begins then.

    Attributes:
        ack_s: Slack: an app must ack within 3 seconds.
        trigger_s: Slack: a trigger lives 3 seconds and works once.
    """

    ack_s: float = 3.0
    trigger_s: float = 3.0
