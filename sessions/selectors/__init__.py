"""What pages of the treatment floor read: frozen dataclasses that already say what the page says."""
