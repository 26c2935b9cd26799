"""What comes back: what was asked and said, what was done with it and what was not, and how it is measured."""
