"""The commands of what comes in: files, what is due and who has sent it, what lists say against each other, how good it was."""
