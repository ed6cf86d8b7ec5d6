import hashlib
from collections.abc import Callable, Iterable, Iterator

from lib.failure import Malformed


class ByteSource:
    """Bytes pulled from a stream, counted and hashed on their way.

    Holds one chunk of the stream (64 KiB or so) and what was peeked at, never the whole object.
    """

    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = iter(stream)
        self._hash = hashlib.sha256()
        self._buffered = b""
        # Bytes that came from the stream so far.
        self.size = 0
        # Whether the stream has nothing more to give.
        self.ended = False

    def peek(self, count: int) -> bytes:
        """The next bytes, which stay: fewer than `count` at the end of the stream."""
        while len(self._buffered) < count and not self.ended:
            self._buffered += self._pull()
        return self._buffered[:count]

    def take(self, count: int, of: str) -> bytes:
        """Exactly `count` bytes; `of` says in the error what ended too early."""
        taken = self.peek(count)
        if len(taken) < count:
            raise truncated(of)
        self._buffered = self._buffered[count:]
        return taken

    def skip(self, count: int, of: str, visit: Callable[[bytes], None] = lambda piece: None) -> None:
        """Passes over `count` bytes, showing them to `visit` piece by piece."""
        while count > 0:
            if self.peek(1) == b"":
                raise truncated(of)
            piece, self._buffered = self._buffered[:count], self._buffered[count:]
            visit(piece)
            count -= len(piece)

    def rest(self) -> Iterator[bytes]:
        while self.peek(1) != b"":
            piece, self._buffered = self._buffered, b""
            yield piece

    def sha256(self) -> str:
        """Reads what is left, so that the checksum is that of the whole object."""
        for _ in self.rest():
            pass
        return self._hash.hexdigest()

    def _pull(self) -> bytes:
        chunk = next(self._stream, None)
        if chunk is None:
            self.ended = True
            return b""
        self._hash.update(chunk)
        self.size += len(chunk)
        return chunk


def truncated(of: str) -> Malformed:
    return Malformed(f"The {of} is truncated")
