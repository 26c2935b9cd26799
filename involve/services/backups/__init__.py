"""Back-ups, restoring, and the list of what was taken back."""
