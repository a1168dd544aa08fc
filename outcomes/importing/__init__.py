"""Scores from elsewhere: `wishes` says what a table's columns mean, `rows` judges them, `recording` writes."""
