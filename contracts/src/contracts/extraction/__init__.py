"""What the extraction service says."""
