"""Grading many submissions at once: on this machine's processors, or on a dask cluster."""

import atexit
import ctypes
import functools
import gc
import os
import resource
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, TypeVar

from threadpoolctl import threadpool_limits

from autograde.grading.submission import fingerprint_of_tests
from autograde.sandbox.confinement.bubblewrap import ConfinementError
from autograde.sandbox.self_test import prove
from autograde.sandbox.session import Zygotes

TRIES = 3
AHEAD = 4  # jobs in flight for each worker: enough to keep it busy, few enough to hold them in memory
_SET_PDEATHSIG = 1
MOST_MEMORY = 8 * 2**30  # bytes a grading process may take, whatever a submission sends it


@dataclass(frozen=True)
class Where:
    """How submissions are run.

    hidden: folders that must not be seen inside.  forbidden: what must not be reached, which is tried out.
    tests: their fingerprints by assignment.
    """

    hidden: tuple[str, ...]
    forbidden: tuple[str, ...]
    confined: bool
    tests: tuple[tuple[str, str], ...]


class PoolError(RuntimeError):
    """No submission can be graded; the text says why."""


Value = TypeVar("Value")
Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)


class Work(Protocol[Result_co]):
    """Something to be done in the sandbox: a ``Job``, or a ``WrongAnswer`` to be looked into."""

    @property
    def assignment(self) -> str:
        """What it is about."""

    def done(self, zygotes: Zygotes) -> Result_co:
        """What comes of it."""

    def failed(self, text: str, /) -> Result_co:
        """What is known where that could not be had."""


class Pool:
    """Grading processes, each with a sandbox that it has proven; they start when there is something to do.

    make: gives an executor, and a new one when that has broken.  workers: how many of its processes work at once.
    """

    def __init__(self, where: Where, make: Callable[[], Executor], workers: int) -> None:
        self.where, self.make, self.workers = where, make, workers
        self.executor: Executor | None = None

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        self._drop(wait=True)

    def prove(self) -> list[str]:
        """Have a process prove its sandbox; sentences on walls that its machine can't have.

        Raises: PoolError where the sandbox does not hold.
        """
        try:
            return self._submit(prove_here, self.where).result()
        except BrokenExecutor as error:
            self._drop(wait=False)
            raise PoolError(f"a grading process ended while it tried out its sandbox: {error}") from error

    def run(self, jobs: Iterable[Work[Result]]) -> Iterator[Result]:
        """The results of all jobs as they come.

        A job whose grading process ended is tried again; one that ends it ``TRIES`` times has failed.
        Raises: PoolError.
        """
        todo, tries = iter(jobs), dict[Work[Result], int]()
        running, again = dict[Future[Result], Work[Result]](), list[Work[Result]]()
        while True:
            while len(running) < AHEAD * self.workers and (job := again.pop() if again else next(todo, None)):
                running[self._submit(do_here, job, self.where)] = job
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                job = running.pop(future)
                try:
                    yield future.result()
                except PoolError:
                    raise
                except Exception as error:
                    tries[job] = tries.get(job, 0) + 1
                    if tries[job] < TRIES:
                        again.append(job)
                    else:
                        yield job.failed(_told(error))
                    if isinstance(error, BrokenExecutor):
                        again += running.values()
                        running.clear()
                        self._drop(wait=False)
                        break

    def _submit(self, call: Callable[..., Value], *args: Any) -> Future[Value]:
        if self.executor is None:
            self.executor = self.make()
        with _interrupts_wait():  # also in a process that begins with this, until it can take one
            return self.executor.submit(call, *args)

    def _drop(self, wait: bool) -> None:
        executor, self.executor = self.executor, None
        if isinstance(executor, ProcessPoolExecutor):
            executor.shutdown(wait=wait, cancel_futures=True)
        elif executor is not None:  # dask's takes no more than this, and cancels by itself
            executor.shutdown(wait=wait)


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Ctrl-C comes after the block, here and in processes that are started in it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def local(workers: int) -> Executor:
    """Processes on this machine."""
    context = get_context("spawn")
    initargs = (os.getpid(), context.Value("i", 0))
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=initargs)


def cluster(address: str) -> tuple[Executor, int]:
    """A dask cluster's executor, and how many tasks it runs at once.

    Raises: PoolError where nobody answers at the address.
    """
    from distributed import Client

    try:
        client: Any = Client(address, timeout="10s", set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise PoolError(f"no dask scheduler answers at {address!r}: start one with `dask scheduler`") from error
    threads = sum(client.nthreads().values())
    if not threads:
        raise PoolError(f"the dask scheduler at {address!r} has no workers: start some with `dask worker {address}`")
    return client.get_executor(retries=TRIES, pure=False), threads


def do_here(job: Work[Result], where: Where) -> Result:
    """Do one thing in this process, with the sandbox that it keeps.

    Raises: PoolError where the course here is another one than that of the grader, or nothing can be confined.
    """
    if fingerprint_of_tests(job.assignment) != dict(where.tests)[job.assignment]:
        raise PoolError(
            f"a worker has other tests for {job.assignment}: give all workers the same version of the course"
        )
    with _one_at_a_time, _refusals_told():
        zygotes, _ = _zygotes(where)
        result = job.done(zygotes)
        return job.done(zygotes) if zygotes.drop_ended() else result  # one that ended took the result with it


def prove_here(where: Where) -> list[str]:
    """Prove this process's sandbox, where it has one; sentences on walls that this machine can't have.

    Raises: PoolError.
    """
    with _one_at_a_time, _refusals_told():
        return _zygotes(where)[1]


@contextmanager
def _refusals_told() -> Iterator[None]:
    try:
        yield
    except ConfinementError as error:
        raise PoolError(str(error)) from error


_one_at_a_time = Lock()  # grading redirects the output of its process


@functools.lru_cache(maxsize=1)
def _zygotes(where: Where) -> tuple[Zygotes, list[str]]:
    """What submissions are forked from, proven before any of them is run, and what the proof has noted."""
    threadpool_limits(1)  # a processor for each grading process: threads of one would only disturb another
    zygotes = Zygotes([Path(folder) for folder in where.hidden], where.confined)
    atexit.register(zygotes.close)
    notes = prove(zygotes, [Path(place) for place in where.forbidden]) if where.confined else []
    gc.freeze()  # what is loaded by now stays
    return zygotes, notes


def _begin(grader: int, begun: Any) -> None:
    """What a grading process does first: it ends with the grader, and takes no more than its share of the machine.

    begun: a counter of these processes.
    """
    if signal.SIGINT in signal.sigpending():  # Ctrl-C, while all this was imported
        os._exit(130)
    signal.signal(signal.SIGINT, _interrupted)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    with suppress(OSError, AttributeError):  # elsewhere than on Linux
        ctypes.CDLL(None).prctl(_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != grader:  # it is gone already
            os._exit(1)
        with begun.get_lock():
            number, begun.value = begun.value, begun.value + 1
        processors = sorted(os.sched_getaffinity(0))  # it takes turns with its submission: both stay on one of them
        os.sched_setaffinity(0, {processors[number % len(processors)]})
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))  # ... and none interrupts the other for each answer
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _interrupted(*_: object) -> None:
    """Ctrl-C stops what is being graded; a process that waits for work ends without a word."""
    raise KeyboardInterrupt if _one_at_a_time.locked() else SystemExit(130)


def _told(error: Exception) -> str:
    what = "its grading process ended" if isinstance(error, BrokenExecutor) else "grading it failed"
    return f"{what} {TRIES} times ({type(error).__name__}: {error})"[:500]
