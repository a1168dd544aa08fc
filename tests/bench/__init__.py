"""Figures beside their targets: `make bench`. Not part of the ordinary tests."""
