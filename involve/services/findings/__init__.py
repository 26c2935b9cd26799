"""Findings: what a filter of evidence fixes, how strong it is, in whose words, and what came of it."""
