"""The official's own workbook with its faults marked, or only the faulty rows of a long list."""
