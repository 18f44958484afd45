"""What time does: wake, tick and deliver; ids only, no decisions."""
