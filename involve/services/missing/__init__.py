"""Who is missing: what tellers say of themselves, what may be counted of it, and whom a project has not heard."""
