"""Sources at addresses that fsspec opens: each file fetched once, and errors that name the address."""

from __future__ import annotations

import contextlib
import errno
import glob
from typing import TYPE_CHECKING, Any

from cableformat.corpus.model import Failure
from cableformat.errors import CableError
from cableformat.registry import Input

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_address(source: str) -> bool:
    """Whether a source is no path of this machine's."""
    return "://" in source


def addressed(url: str) -> Iterator[tuple[str, Input] | Failure]:
    """Each file at an address, in order of their names: the file itself, those of a folder, or those of a pattern.

    Of many, one that is gone or forbidden is a failure; where the place cannot be reached, there is no going on.

    Raises:
        Exception: All that `listed` raises, and what reading raises, in the same way.
    """
    system, names = listed(url)
    for name in names:
        try:
            with _about(name), system.open(name, "rb") as stream:
                file = Input.of(stream)  # a copy: it is looked at several times, and some servers give it only whole
        except (FileNotFoundError, PermissionError) as error:
            yield Failure.of(name, error)
            continue
        file.name = name.partition("?")[0].rpartition("/")[2]
        yield name, file


def listed(url: str) -> tuple[Any, list[str]]:
    """The file system of an address, and the addresses of the files there.

    Raises:
        FileNotFoundError: Nothing is there.
        OSError: It cannot be reached.
        CableError: fsspec, or what it needs for such an address, is not installed; or its file system raises anything
            else.
    """
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra
    except ImportError:
        raise CableError(f"{url}: reading an address takes: pip install 'cableformat[corpus]'.") from None
    with _about(url):
        system, path = url_to_fs(url)
        return system, [system.unstrip_protocol(one) for one in _paths(system, path)]


def _paths(system: Any, path: str) -> list[str]:  # noqa: ANN401 - fsspec has no types
    # First of all a file: fsspec takes a page for a folder of what it links to, and a query for a pattern.
    if not path.endswith("/") and system.isfile(path):
        return [path]
    if glob.has_magic(path):
        found = sorted(one for one in system.glob(path) if system.isfile(one))
        if not found:
            raise FileNotFoundError
        return found
    if system.isdir(path):
        return sorted(system.find(path))
    system.open(path, "rb").close()  # says why it is none
    return [path]


@contextlib.contextmanager
def _about(url: str) -> Iterator[None]:
    """What the file systems of fsspec raise (which is anything), as errors that name the address."""
    try:
        yield
    except FileNotFoundError:
        raise FileNotFoundError(errno.ENOENT, "There is no such file or folder", url) from None
    except PermissionError as error:
        raise PermissionError(errno.EACCES, "It may not be read", url) from error
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error) or type(error).__name__, url) from error
    except ImportError as error:
        raise CableError(f"{url}: {error}.") from error
    except Exception as error:
        raise CableError(f"{url}: {type(error).__name__}: {error}.") from error
