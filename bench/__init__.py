"""What Dramatis costs: every figure a ratio to a limit measured in the same run."""
