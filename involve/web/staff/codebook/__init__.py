"""A project’s codebook: changed, tried out and released; coding by hand, and how far coders agree."""
