"""Image jobs: states, attempts, providers."""
