"""What does ``./portal run`` start, and how does all of it end together?

One supervisor holds the listening socket and two children, each in a process group of its own: the
web server (gunicorn with threads) and the job queue's consumer.  Ctrl-C, TERM or HUP to the
supervisor ends both; if either child dies, the other is ended too and the exit code is 1.
"""

from __future__ import annotations

import ctypes
import errno
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.process import BaseProcess
from typing import Any

from gunicorn.app.base import BaseApplication
from huey import Huey

THREADS = 8
BACKLOG = 512
#: Seconds that requests and jobs in hand may take to finish once the end was asked for.
GRACE = 10
_ENDINGS = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
_WATCHED = _ENDINGS | {signal.SIGCHLD}
_PR_SET_PDEATHSIG = 1


class PortInUse(Exception):
    """Another process already listens on the wanted address."""


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; from now on visitors wait instead of being turned away.

    Raises:
        PortInUse: when somebody else has the address; other ``OSError`` as they come.
    """
    family, _kind, _protocol, _name, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    try:
        return socket.create_server((address[0], address[1]), family=family, backlog=BACKLOG)
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            raise PortInUse from fault
        raise


def address_of(listener: socket.socket) -> str:
    """Return the address a person types into the browser."""
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(  # noqa: S104 - read, not bound
        host, f"[{host}]" if ":" in host else host
    )
    return f"http://{shown}:{port}"


class _Web(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn without configuration files: everything it needs is here."""

    def __init__(self, listener: socket.socket, make_app: Callable[[], Any], workers: int) -> None:
        self._settings = {
            "bind": f"fd://{listener.fileno()}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": GRACE - 2,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        self._make_app = make_app
        super().__init__()

    def load_config(self) -> None:
        """Take our settings; command line and environment have no say."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the application; each worker makes its own, so no connection is shared."""
        return self._make_app()


def _serve_web(listener: socket.socket, make_app: Callable[[], Any], workers: int) -> None:
    _Web(listener, make_app, workers).run()


def _serve_jobs(make_queue: Callable[[], Huey]) -> None:
    make_queue().create_consumer(
        workers=1, periodic=True, max_delay=1.0, shutdown_timeout=GRACE - 2, graceful_signal="TERM"
    ).run()


def _as_child(supervisor: int, work: Callable[..., None], *arguments: Any) -> None:
    """Stand alone, listen to signals again, and never outlive the supervisor."""
    os.setpgid(0, 0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _WATCHED)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == supervisor:
        work(*arguments)


def serve(
    listener: socket.socket,
    *,
    make_app: Callable[[], Any],
    make_queue: Callable[[], Huey],
    workers: int,
) -> int:
    """Serve until told to end; returns 0 when told, 1 when a child died by itself."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)
    listener.set_inheritable(True)
    forked = multiprocessing.get_context("fork")
    children: list[BaseProcess] = []
    for work in ((_serve_web, listener, make_app, workers), (_serve_jobs, make_queue)):
        child = forked.Process(target=_as_child, args=(os.getpid(), *work))
        child.start()
        children.append(child)
    sys.stdout.flush()
    try:
        return _watch(children)
    finally:
        _end(children)


def _watch(children: list[BaseProcess]) -> int:
    while True:
        if signal.sigwait(_WATCHED) in _ENDINGS:
            return 0
        if not all(child.is_alive() for child in children):
            return 1


def _end(children: list[BaseProcess]) -> None:
    """Ask each group to end, give it time, then make it; a second Ctrl-C shortens the wait."""
    _tell(children, signal.SIGTERM)
    last = time.monotonic() + GRACE
    while any(child.is_alive() for child in children):
        told = signal.sigtimedwait(_WATCHED, max(last - time.monotonic(), 0))
        if told is None or told.si_signo in _ENDINGS:
            break
    _tell(children, signal.SIGKILL)
    for child in children:
        child.join()


def _tell(children: list[BaseProcess], what: signal.Signals) -> None:
    for child in children:
        if child.pid is not None:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, what)
