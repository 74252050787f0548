"""Lists of things to check: the items of an inspection, and what lists say of each other."""
