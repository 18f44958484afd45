"""The control calls: people act, the world changes, time moves, and all of it can be read."""
