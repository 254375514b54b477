"""What talks to the outside: the database, and the drawers of pictures."""
