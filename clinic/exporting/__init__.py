"""Everything of one clinic as files: which tables and columns there are, what they mean, and how they are written."""
