"""Signing in: what allauth asks of us, what it tells us, and limits on guessing."""
