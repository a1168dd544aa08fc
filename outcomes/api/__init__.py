"""The interface for programs, for what changes: responses, scores, trends, surveys, reports."""
