"""What the assets service does: one use case per file."""
