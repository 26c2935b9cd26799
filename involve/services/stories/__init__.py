"""Stories: told, read by machine, kept and erased."""
