"""What the imagegen service says."""
