"""What reaches the localizer."""
