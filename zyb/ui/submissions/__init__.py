"""报送情况: the board of who has handed in what, the rates, and the reminders."""
