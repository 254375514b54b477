"""What the assets service says."""
