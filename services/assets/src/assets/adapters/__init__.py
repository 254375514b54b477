"""What the assets service talks to: Postgres."""
