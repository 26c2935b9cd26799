"""Deciding: options, votes, decisions, panels, and what tellers say of them."""
