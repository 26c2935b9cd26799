"""What moderators do with a story: look, hide, decide, answer."""
