"""The cast: who plays in the story, where, and in which zone they live."""

from typing import Final

CHANNEL: Final = "acme-globalcall"

NEW_YORK: Final = "America/New_York"
MANILA: Final = "Asia/Manila"

# Acme Retail, the client. Maria installs Touchbase and leads her side.
MARIA: Final = "maria"
JAMES: Final = "james"
PRIYA: Final = "priya"
TOM: Final = "tom"
GRACE: Final = "grace"
OWEN: Final = "owen"

# Globalcall, the vendor. Miguel leads his side.
MIGUEL: Final = "miguel"
ANA: Final = "ana"
LIZA: Final = "liza"
CARLO: Final = "carlo"
DIVYA: Final = "divya"
JOY: Final = "joy"

ACME: Final = (MARIA, JAMES, PRIYA, TOM, GRACE, OWEN)
GLOBALCALL: Final = (MIGUEL, ANA, LIZA, CARLO, DIVYA, JOY)
