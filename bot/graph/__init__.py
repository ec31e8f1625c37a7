"""Microsoft Graph: presence calls as values, and the client that makes them."""
