"""Ids that we make: random, so that they tell nothing; ids from Slack are not made here."""

import os
from typing import Final

_LENGTH: Final = 20  # 5 bits a character: 100 random bits
# For each of the 256 bytes one of the 32 characters, each as often as the others.
_CHARACTERS: Final = b"abcdefghijklmnopqrstuvwxyz234567" * 8


def new_id() -> str:
    """Twenty lower-case characters that are safe in a URL."""
    return os.urandom(_LENGTH).translate(_CHARACTERS).decode()
