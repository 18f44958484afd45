"""What people do in Slack: listeners that parse, make one call and acknowledge; no decisions."""
