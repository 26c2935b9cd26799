"""The public form of a story: its words, what is hidden or corrected of them, and how search finds it."""
