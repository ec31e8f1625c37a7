"""Microsoft Graph's presence, as far as the bot uses it, on the playground's clock.

Written from Microsoft's pages and from reports of real calls, never from the code of `bot.graph`,
which it is there to test.
"""
