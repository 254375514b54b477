"""The real servers of a local stack and of the tests, started from PyPI wheels on loopback.

Each server is a `Server`: `start()` blocks until it is ready, `stop()` ends it and everything it started, `restart()`
keeps its ports and its data, `address` says where it is. They are plain blocking objects, safe to drive from threads.
"""
