"""What keeps a site going: jobs, letters, keys, and the end of keeping."""
