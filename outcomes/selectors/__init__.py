"""What pages of the top floor read: frozen dataclasses that already say what the page says."""
