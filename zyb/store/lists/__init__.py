"""What is asked of the rows of lists: one ledger whole, by filter and order, two uploads beside each other, several lists against one another."""
