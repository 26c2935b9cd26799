"""Moderating: the queue, what is hidden, published, held or declined, and what is asked for again."""
