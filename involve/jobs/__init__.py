"""The broker and the worker, which only hand out and carry out rows of the job table."""
