"""What the localizer service says."""
