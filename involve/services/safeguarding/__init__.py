"""When someone may be at risk: who is named to act, what was raised, who was told, and what came of it."""
