"""Talking with tellers: what is asked, answered and collected with them."""
