from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ingest.content.byte_source import ByteSource
from ingest.content.csv import describe_csv
from ingest.content.image import describe_gif, describe_jpeg, describe_png, describe_webp
from ingest.content.json_document import describe_json
from ingest.content.manifest import read_manifest
from ingest.content.sniff import ContentType, sniff
from ingest.content.text import decode_text, describe_text


@dataclass(frozen=True)
class Content:
    content_type: str
    size: int
    sha256: str
    # What the type tells; empty when nothing is known of it.
    details: dict[str, Any]


def describe_content(
    stream: Iterable[bytes], key: str, declared_type: str | None = None, expected_size: int | None = None
) -> Content:
    """Reads an object once, from front to back, in bounded memory. Raises Malformed when it breaks its own format.

    `expected_size` is the Content-Length: a stream that ends before is a broken connection, not a truncated object.
    """
    source = ByteSource(stream)
    content_type = sniff(source.peek(512), key, declared_type)
    try:
        details = readers[content_type](source)
        sha256 = source.sha256()
    finally:
        if source.ended:
            require_complete(source, expected_size)
    stored_type = ContentType.JSON if content_type is ContentType.MANIFEST else content_type
    return Content(stored_type.value, source.size, sha256, details)


readers: dict[ContentType, Callable[[ByteSource], dict[str, Any]]] = {
    ContentType.PNG: describe_png,
    ContentType.JPEG: describe_jpeg,
    ContentType.GIF: describe_gif,
    ContentType.WEBP: describe_webp,
    ContentType.JSON: lambda source: describe_json(decode_text(source, "JSON document")),
    ContentType.CSV: lambda source: describe_csv(decode_text(source, "CSV file")),
    ContentType.TEXT: describe_text,
    ContentType.BYTES: lambda source: {},
    ContentType.MANIFEST: lambda source: read_manifest(decode_text(source, "manifest")),
}


def require_complete(source: ByteSource, expected_size: int | None) -> None:
    if expected_size is not None and source.size < expected_size:
        raise ConnectionError(f"The connection ended after {source.size} of {expected_size} bytes")
