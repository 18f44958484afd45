"""What people type, read into values: due moments, rhythms, zones, verbs; nothing is drawn."""
