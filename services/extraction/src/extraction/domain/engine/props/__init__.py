"""Props of a script, found the way a prop master reads: what is carried, used, or pointed out by the action."""
