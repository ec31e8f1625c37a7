"""Durable timers: the sweep over the timers table, and the engine that runs what is due."""
