"""Projects, branches, style capsules, the library and project assets."""
