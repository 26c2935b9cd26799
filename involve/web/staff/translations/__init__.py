"""Translating stories, on the page and in files."""
