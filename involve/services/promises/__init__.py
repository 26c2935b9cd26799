"""What the rung of a project promises, what is due, and what changed."""
