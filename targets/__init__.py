"""What reading is measured by, against the targets that the project set itself: `make bench-text` prints the table."""
