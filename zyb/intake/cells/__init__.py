"""One cell's text → a value: numbers, days, codes, the words of a list."""
