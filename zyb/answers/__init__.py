"""From the store to answers: which snapshots speak, what follows from them, and back to sheet and row."""
