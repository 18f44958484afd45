"""Slack's Web API: one module for each family of methods, and the gate that all calls pass."""
