"""What is remembered: schema, migrations and one module per subject; decides nothing.

``Database`` is what the functions of this room take; other rooms name it from here.
"""

from sqlite_utils import Database

__all__ = ["Database"]
