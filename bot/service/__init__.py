"""Use cases: what happens when a person says something, presses something, or something is due."""
