"""What goes out: blank templates, the official's own workbook with its faults marked, bulletins."""
