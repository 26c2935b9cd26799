"""Counts of what is not public: each story once, in groups that hide everybody in them."""
