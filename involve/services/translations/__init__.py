"""Translations of published stories, by people and for people."""
