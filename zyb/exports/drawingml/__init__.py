"""DrawingML as it stands in the files of Word and PowerPoint: fills, lines, letters, and native charts of both."""
