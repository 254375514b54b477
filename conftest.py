"""Fixtures for every tier. The two imports come first on purpose: `contracts/` and `chassis/` at the root share their
names with the packages inside them, and pytest would otherwise register the folders as empty packages."""

import chassis
import contracts

PACKAGES = (chassis, contracts)
pytest_plugins = ["dramatis.testing"]
