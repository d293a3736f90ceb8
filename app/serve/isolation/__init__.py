"""Where queries are evaluated: worker processes that are bounded in time and memory and sealed off."""
