"""Runs batches in an executor, in order, and finds out which source hangs or kills its worker."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from multiprocessing.process import parent_process
from pathlib import Path

from cableformat.corpus.model import Batch, Failure, Result, Settings
from cableformat.corpus.work import divided, run

GRACE = 10.0
"""Seconds beside the limit for a process to start."""
_MOST_ON_WINDOWS = 61  # processes that one can wait for at once there (`ProcessPoolExecutor`)


_LOOK = 1.0
"""Seconds between two looks for the process that made this one."""


def _end_with_parent() -> None:
    """End this process when the one that made it is gone: nobody would take its results."""
    parent = parent_process()
    if parent is not None:
        # A copy holds the pipes that tell older copies of the end, so these also look who their parent is now.
        while parent.is_alive() and os.getppid() == parent.pid:
            parent.join(_LOOK)
        os._exit(1)


def _begin() -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()


class Workers:
    """An executor, and a process of its own for what it could not do.

    Args:
        executor: Any executor, or None for a pool of processes.
        jobs: Processes of the pool.
        limit: Seconds that one batch, and then one source of it, may take.
        settings: How to convert.
    """

    def __init__(self, executor: Executor | None, jobs: int, limit: float, settings: Settings) -> None:
        self.jobs = jobs
        self.limit = limit
        self.settings = settings
        self._given = executor
        self._pool: Executor | None = executor
        self._single: ProcessPoolExecutor | None = None
        self._pool_of: dict[Future[Result], Executor] = {}

    def start(self) -> None:
        """Begin processes that are copies of this one: before it has threads, and locks and files that they would hold.

        Fresh ones begin when there is something to do.
        """
        if self._given is None and _is_alone():
            import cableformat.cable  # noqa: F401, PLC0415 - the grammar, read once instead of in each of them

            pool = _pool(self.jobs, "fork")
            try:
                pool.submit(_ready)
            except OSError:  # no more processes are allowed: the batches find out what is possible
                _kill(pool)
            else:
                self._pool = pool

    def submit(self, batch: Batch) -> Future[Result]:
        """Begin a batch."""
        if self._pool is None:
            self._pool = _pool(self.jobs)
        try:
            future = self._pool.submit(run, batch, self.settings)
        except Exception as error:  # noqa: BLE001 - a broken pool; the batch is then done by itself
            future = Future()
            future.set_exception(error)
        self._pool_of[future] = self._pool
        return future

    def result(self, batch: Batch, future: Future[Result]) -> Result:
        """The result of the batch that was submitted first of those that are left."""
        pool = self._pool_of.pop(future)
        try:
            return future.result(self.limit + GRACE)
        except (Exception, TooLong):  # noqa: BLE001 - whatever an executor raises for a worker that is lost
            future.cancel()
            if self._given is None and pool is self._pool:  # one that came after it is as good as new
                _kill(self._pool)
                self._pool = None
            return self._isolated(batch)

    def _isolated(self, batch: Batch) -> Result:
        """The batch in a process of its own; source by source, then cable by cable, where that dies or hangs."""
        if self._single is None:
            self._single = _pool(1)
        try:
            return self._single.submit(run, batch, self.settings).result(self.limit + GRACE)
        except (Exception, TooLong) as error:  # noqa: BLE001 - as above
            _kill(self._single)
            self._single = None
            items = batch.items if len(batch.items) > 1 else tuple(divided(batch.items[0]))
            if len(items) > 1:
                return sum((self._isolated(Batch((item,))) for item in items), Result())
            return Result(failures=(self._failure(batch, error),))

    def _failure(self, batch: Batch, error: BaseException) -> Failure:
        (item,) = batch.items
        where = f"the piece from line {item.line}" if item.sha256 is not None else ""
        if isinstance(error, TooLong):
            return Failure(item.name, where, f"It took longer than {self.limit:g} s, and was stopped.", "hang")
        return Failure(item.name, where, f"It crashed its worker ({type(error).__name__}: {error}).", "crash")

    def close(self) -> None:
        """Stop the processes that were started here."""
        if self._given is None:
            _kill(self._pool)
        _kill(self._single)


def _pool(jobs: int, method: str = "spawn") -> ProcessPoolExecutor:
    if os.name == "nt":
        jobs = min(jobs, _MOST_ON_WINDOWS)
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(method), initializer=_begin)


def _is_alone() -> bool:
    """Whether this process has one thread only, those of libraries included.

    A copy has only the thread that made it, and would wait for ever for a lock that another one held. Linux says how
    many there are; elsewhere nobody knows.
    """
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def _ready() -> None:
    """Nothing: what a pool is given so that it begins its processes."""


def _kill(pool: Executor | None) -> None:
    """Stop a pool now, also one whose processes hang."""
    if pool is None:
        return
    for process in list((getattr(pool, "_processes", None) or {}).values()):  # no public way before Python 3.14
        with contextlib.suppress(OSError, ValueError):
            process.kill()
    pool.shutdown(wait=True, cancel_futures=True)
