"""Projects as their staff keep them: set up, promised, signified, counted and archived."""
