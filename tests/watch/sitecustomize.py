"""Watches a Python and all that it starts: what they open to write, remove, rename, run, and every use of a socket.

Python imports a module of this name when it begins, also in the process that runs pdfium. What is seen goes to the file
that `CABLEFORMAT_WATCH` names, a line of JSON each. A socket is refused as well.
"""

from __future__ import annotations

import json
import os
import sys

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = ("os.mkdir os.rename os.remove os.rmdir os.link os.truncate os.chmod os.chown os.utime").split()
_IS_LINUX = sys.platform.startswith("linux")  # which says what folder a number stands for
_NOT_THE_NETWORK = ("socket.gethostname",)


def _watch() -> None:
    log = os.open(os.environ["CABLEFORMAT_WATCH"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def say(event: str, what: object) -> None:
        words = os.fsdecode(what) if isinstance(what, (str, bytes, os.PathLike)) else repr(what)
        os.write(log, json.dumps({"event": event, "what": words, "program": sys.orig_argv}).encode() + b"\n")

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            is_written = set(mode) & set("wax+") if isinstance(mode, str) else int(flags) & _WRITES
            if is_written and not isinstance(path, int):
                say(event, path)
        elif event in _CHANGES:
            for at in range(2 if event in {"os.rename", "os.link"} else 1):
                path, folder = arguments[at], arguments[at - 2 if event in {"os.rename", "os.link"} else -1]
                if not isinstance(path, int):
                    is_inside = _IS_LINUX and isinstance(folder, int) and folder >= 0 and event != "os.truncate"
                    say(event, os.path.join(os.readlink(f"/proc/self/fd/{folder}"), path) if is_inside else path)
        elif event.startswith("socket.") and event not in _NOT_THE_NETWORK:
            say(event, arguments)
            raise RuntimeError(event)
        elif event == "subprocess.Popen":
            say(event, arguments[1])

    say("begins", "")
    sys.addaudithook(hook)


if "CABLEFORMAT_WATCH" in os.environ:
    _watch()
