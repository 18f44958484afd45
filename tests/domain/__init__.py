"""Tests of what is true and what is due."""
