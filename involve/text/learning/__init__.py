"""Learning a project's themes from stories that people labelled; the codebook's cues are where it starts."""
