"""Ids that we make: random, so that they tell nothing; ids from Slack are not made here."""

import base64
import secrets
from typing import Final

_LENGTH: Final = 20  # 5 bits a character: 100 random bits


def new_id() -> str:
    """Twenty lower-case characters that are safe in a URL."""
    return base64.b32encode(secrets.token_bytes(13))[:_LENGTH].decode().lower()
