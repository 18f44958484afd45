"""``python -m tests.faults``: the whole campaign."""

import sys

from tests.faults.campaign import main

sys.exit(main())
