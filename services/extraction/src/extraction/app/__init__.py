"""What extraction does, one use case per file."""
