"""How dates are written, by language: unambiguous in English, where 3/4 is two days."""
