"""Involve: lived experience told in Welsh and English, and an answer that comes back."""

__version__ = "0.1.0"
