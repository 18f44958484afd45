"""Benchmarks: each prints its figures beside the floor it is held to; nothing here is imported."""
