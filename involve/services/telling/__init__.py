"""Telling people: whom an answer goes to, what may stand in it, and how far each one has got."""
