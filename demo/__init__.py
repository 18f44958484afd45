"""The story: people who act only through the sandbox's control calls, never in the database."""
