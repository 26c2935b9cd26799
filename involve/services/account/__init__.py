"""The public account of moderation: what is counted each month, what may be shown of it, and what it says."""
