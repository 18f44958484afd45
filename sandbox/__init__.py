"""A Slack of your own on loopback: its wire protocol, its people and its page."""
