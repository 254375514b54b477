"""What the services say to each other: envelope, events, subjects, consumers."""
