"""The parts of the built-in engine."""
