"""Who the person is to Microsoft Graph: signing in, tokens, and the vault that keeps them."""
