"""帮助: the users' guide."""
