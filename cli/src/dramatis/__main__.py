"""What `dramatis` and `python -m dramatis` call."""

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line; Ctrl-C while that is still being loaded ends it as one later on does."""
    try:
        from dramatis.app import main as run  # noqa: PLC0415 - what takes a moment to load can be interrupted

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
