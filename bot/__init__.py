"""A Teams bot that sets presence and status messages from plain words."""
