"""Copies selected images into the project's own storage and checks them."""
