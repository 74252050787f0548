"""The words that headings and cells are made of, and how they are compared."""
