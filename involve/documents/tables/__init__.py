"""Tables of stories as files, written as the stories come and never held whole."""
