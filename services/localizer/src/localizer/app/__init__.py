"""What the localizer does, one use case per file."""
