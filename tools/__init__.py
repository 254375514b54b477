"""What keeps this repository in shape; `make check` runs these modules."""
