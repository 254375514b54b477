"""Rules of projects, styles, the library and project assets, without I/O."""
