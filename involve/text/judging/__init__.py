"""Judging what was found in a story: linear tables, learnt from labelled stories, that start at the codebook's weights."""
