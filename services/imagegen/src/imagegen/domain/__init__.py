"""Rules of image jobs and batches; no I/O."""
