"""What pages of the ground floor read: frozen dataclasses that already say what the page says."""
