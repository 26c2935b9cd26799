"""Words made from values, for web, jobs and command line alike."""
