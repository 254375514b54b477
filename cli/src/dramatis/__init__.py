"""The local stack, the demo and the client commands."""
