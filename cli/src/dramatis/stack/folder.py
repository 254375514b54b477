"""The data folder."""

import os
from pathlib import Path


def open_folder(folder: Path) -> None:
    """Make it when it is missing, closed to others and invisible to git.

    As root others may pass through it, not look into it: Postgres runs as another user. What exists is left as it is.
    """
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n")
