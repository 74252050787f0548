"""What lies below a region: its counties, their enterprises, the whole list as a file."""
