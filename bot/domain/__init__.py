"""Pure values and rules of presence: no I/O, nothing awaits, time is always an argument."""
