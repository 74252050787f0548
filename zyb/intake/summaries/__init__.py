"""Summary tables, read line by line, and several of them put together."""
