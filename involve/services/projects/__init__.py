"""Projects: set up, what they ask, and on what lawful basis."""
