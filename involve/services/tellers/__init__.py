"""What the teller of a story sees and does, with the code and without an account."""
