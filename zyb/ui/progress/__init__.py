"""工作进展: a module a card."""
