"""The audit trail: written, chained, and read."""
