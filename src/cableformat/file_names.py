"""Names of files that every system takes, and that no two of which are one file on any of them."""

from __future__ import annotations

import re
import unicodedata

from cableformat.patterns import on_use

_LONGEST_STEM = 120
# Devices of Windows, whatever suffix follows: what is written to `NUL.json` is gone.
_DEVICE = on_use(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


class FreeNames:
    """Gives names that are free, numbered from 2 where one is taken.

    Two names are the same where some system takes them for one file: letters differ in case (Windows, macOS) or in
    how Unicode composes them (macOS).

    Args:
        suffix: The suffix of the names, with its dot.
        taken: Names that are not free from the start.
    """

    def __init__(self, suffix: str, *taken: str) -> None:
        self.suffix = suffix
        self._taken = {_key(name) for name in taken}

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._taken

    def take(self, name: str) -> None:
        """Note that a name is taken."""
        self._taken.add(_key(name))

    def free(self, text: str) -> str:
        """A free name made of some text, such as an identifier.

        Example:
            >>> names = FreeNames(".json")
            >>> names.free("05ALMATY1993"), names.free("05Almaty1993"), names.free("a/b: c"), names.free("nul")
            ('05ALMATY1993.json', '05Almaty1993-2.json', 'a_b__c.json', '_nul.json')
        """
        stem = safe_stem(text)
        name, number = f"{stem}{self.suffix}", 1
        while name in self:
            number += 1
            name = f"{stem}-{number}{self.suffix}"
        self.take(name)
        return name


def safe_stem(text: str) -> str:
    """Text as the stem of a file name: letters, digits, `_`, `-` and `.`, not hidden, not too long, and no device.

    Example:
        >>> safe_stem("../31PORTMERIDIAN117?"), safe_stem("con.1"), safe_stem("...")
        ('_31PORTMERIDIAN117_', '_con.1', 'cable')
    """
    stem = re.sub(r"[^\w.-]", "_", text).lstrip(".")[:_LONGEST_STEM] or "cable"
    return f"_{stem}" if _DEVICE.fullmatch(stem) else stem


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
