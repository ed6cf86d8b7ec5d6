import threading
import time
from collections.abc import Callable
from typing import Any


class CachedSecret:
    """A secret, asked for once and kept across invocations until it is older than `maximum_age_seconds`.

    A rotation is therefore seen that much later; asking for each request would be a bottleneck, and cost more than the
    function.
    """

    def __init__(
        self,
        client: Any,
        secret_id: str,
        maximum_age_seconds: int,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._client = client
        self._secret_id = secret_id
        self._maximum_age_seconds = maximum_age_seconds
        self._now = now
        self._kept: tuple[str, float] | None = None
        # Who comes while it is asked for waits for that answer.
        self._lock = threading.Lock()

    def value(self) -> str:
        with self._lock:
            kept = self._kept
            if kept is None or self._now() - kept[1] >= self._maximum_age_seconds:
                since = self._now()
                # A refusal is raised, and not kept.
                kept = (self._read(), since)
                self._kept = kept
            return kept[0]

    def forget(self) -> None:
        """The next `value` asks again: what it said turned out not to hold."""
        with self._lock:
            self._kept = None

    def _read(self) -> str:
        secret = self._client.get_secret_value(SecretId=self._secret_id)
        if "SecretString" not in secret:
            raise RuntimeError(f"The secret {self._secret_id} holds no text")
        return secret["SecretString"]
