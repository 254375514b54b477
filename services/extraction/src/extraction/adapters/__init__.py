"""How extraction talks to the outside."""
