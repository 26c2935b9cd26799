"""The invented stories of the demonstration."""
