"""`python -m dramatis`."""

from dramatis.app import main

main()
