import threading
import time
from collections.abc import Callable
from typing import Any

from lib.failure import Unavailable


class CircuitBreaker:
    """Stops asking a system that is down.

    It opens when so many different requests in a row found the system unavailable (one request that fails again and
    again is that request's fault, and must not stop the others); after a while one request is let through, and its end
    decides. One breaker per execution environment: there is nothing to share.
    """

    def __init__(self, failures: int, open_seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._failures = failures
        self._open_seconds = open_seconds
        self._now = now
        self._failed: set[str] = set()
        self._open_until = float("-inf")
        # Held while it is decided, not while the system is asked: requests go there at the same time.
        self._lock = threading.Lock()

    def call(self, request_id: str, work: Callable[[], Any]) -> Any:
        probes = self._enter()
        try:
            result = work()
        except Unavailable:
            self._count(request_id)
            raise
        except Exception:
            if probes:
                self._close()
            raise
        self._close()
        return result

    def _enter(self) -> bool:
        """Whether this request is the one that is let through."""
        with self._lock:
            if self._now() < self._open_until:
                raise Unavailable("The circuit is open: the legacy system was unavailable just now")
            probes = len(self._failed) >= self._failures
            if probes:
                # Others wait until it has come back.
                self._open_until = self._now() + self._open_seconds
            return probes

    def _count(self, request_id: str) -> None:
        with self._lock:
            self._failed.add(request_id)
            if len(self._failed) >= self._failures:
                self._open_until = self._now() + self._open_seconds

    def _close(self) -> None:
        with self._lock:
            self._failed.clear()
            self._open_until = float("-inf")
