"""Safeguarding: concerns, whose turn it is, and where people can turn."""
