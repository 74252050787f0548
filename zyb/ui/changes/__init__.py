"""变化原因 on the pages."""
