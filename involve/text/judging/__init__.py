"""Judging what was found in a story: linear tables that start at the codebook's weights and learn from stories."""
