"""Bringing in stories from files of others."""
