"""Microsoft Graph's presence, as far as the bot uses it, on the playground's clock.

Written from Microsoft's pages (docs/facts in short: endpoints, legal pairs, aggregation, fades,
permissions, errors) and never from the code of `bot.graph`, which it is there to test.
"""
