"""Scores from elsewhere: `table` reads a file, `wishes` says what its columns mean, `rows` judges them, `recording` writes."""
