"""Rules about one file or the whole tree; each module lists its own in `RULES`."""
