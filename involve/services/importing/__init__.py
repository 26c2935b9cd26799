"""Stories from other people's files: read as tables, matched to columns, looked through, taken in."""
