"""What the localizer talks to."""
