"""Evidence: found, counted, taken in and given out."""
