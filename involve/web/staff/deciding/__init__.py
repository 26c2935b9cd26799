"""Deciding: options, votes and decisions of a project, and reading its stories together."""
