"""Names of places as people write them: what is taken off them, what they were called, what they resemble."""
