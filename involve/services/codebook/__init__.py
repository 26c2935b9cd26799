"""Codebooks of projects: drafted, tried out on stories, released, and held against coding by hand."""
