"""Which subjects have a say in the daily message, in the order in which they stand there."""

from typing import Final

from services.daily_answers import DECLINED, OTHER_DATES
from services.daily_draft import DRAFT
from services.daily_hand_overs import HAND_OVER, KEPT
from services.daily_owed import OWED
from services.daily_parts import Contributor
from services.daily_pulse import PULSE
from services.daily_raised import RAISED
from services.daily_returned import RETURNED
from services.daily_reviews import REVIEW, THANKS
from services.daily_signed import SIGNED
from services.daily_sponsors import SPONSORS
from services.daily_stand_ins import STAND_IN
from services.daily_summary import SUMMARY
from services.daily_survey import SURVEY
from services.daily_written import WRITTEN

CONTRIBUTORS: Final[tuple[Contributor, ...]] = (
    *(SPONSORS, OWED, RAISED, STAND_IN, HAND_OVER, KEPT, RETURNED, WRITTEN, SURVEY, SIGNED),
    *(DECLINED, OTHER_DATES, THANKS, REVIEW, PULSE, SUMMARY, DRAFT),
)
