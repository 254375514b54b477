"""The commands of `dramatis`, one module per subject."""
