"""Forms of the top floor: answers, bookings, what does not count, the end of the demo."""
