"""Following: what happened, to whom it is told by feed or by e-mail, and how often."""
