"""Entra ID for the playground: OpenID metadata, keys, tokens, and the pages of a sign-in."""
