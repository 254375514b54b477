"""How each format of script is read."""
