import codecs
from collections.abc import Iterator
from typing import Any

from ingest.content.byte_source import ByteSource
from lib.failure import Malformed


def decode_text(source: ByteSource, of: str) -> Iterator[str]:
    """Text by pieces, for readers that must understand it: what is not UTF-8 is malformed."""
    # A byte order mark says nothing that is not known by then, and is left out.
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        for piece in source.rest():
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise Malformed(f"The {of} is not valid UTF-8") from None


def describe_text(source: ByteSource) -> dict[str, Any]:
    """Any 8-bit text will do: only line ends are looked at. A last line needs no line end."""
    lines = 0
    last = b"\n"
    for piece in source.rest():
        lines += piece.count(b"\n")
        last = piece[-1:]
    return {"lines": lines if last == b"\n" else lines + 1}
