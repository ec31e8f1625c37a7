"""Every card that the bot can show, made by its own use cases on a stage."""
