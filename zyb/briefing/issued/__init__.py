"""What was signed: numbered, frozen, produced again exactly as it was."""
