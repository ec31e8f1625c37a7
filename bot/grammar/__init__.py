"""The command language: an utterance and a moment in, a reading out. No I/O, nothing awaits."""
