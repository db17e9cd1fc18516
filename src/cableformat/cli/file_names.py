"""Names for the files that a command writes into a folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from cableformat.registry import Format


class FileNames:
    """File names in the folder, none of them given twice in a run, whatever the case of letters."""

    def __init__(self, folder: Path, known: Format, *taken: str) -> None:
        self.folder = folder
        self.suffix = known.suffixes[0] if known.suffixes else f".{known.name}"
        self.taken = {name.casefold() for name in taken}

    def free(self, stem: str) -> Path:
        """The path for a stem, numbered from 2 where the stem is taken."""
        stem = re.sub(r"[^\w.-]", "_", stem) or "cable"
        name, number = f"{stem}{self.suffix}", 1
        while name.casefold() in self.taken:
            number += 1
            name = f"{stem}-{number}{self.suffix}"
        self.taken.add(name.casefold())
        return self.folder / name
