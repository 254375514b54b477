"""Rules of the localizer, without I/O."""
