"""What the bot keeps: every table, its migrations, and the transactions over them."""
