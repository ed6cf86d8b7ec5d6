"""What an object holds, by its first bytes; for text, which has no signature, by its name and declared type too."""

import codecs
import re
from enum import Enum


class ContentType(Enum):
    PNG = "image/png"
    JPEG = "image/jpeg"
    GIF = "image/gif"
    WEBP = "image/webp"
    JSON = "application/json"
    CSV = "text/csv"
    TEXT = "text/plain"
    BYTES = "application/octet-stream"
    # Stored as application/json; see manifest.py.
    MANIFEST = "manifest"


def sniff(head: bytes, key: str, declared_type: str | None = None) -> ContentType:
    for signature, content_type in signatures.items():
        if signature.match(head):
            return content_type
    if key.lower().endswith(".manifest.json"):
        return ContentType.MANIFEST
    hinted = by_extension(key) or by_declaration(declared_type)
    if hinted is not None:
        return hinted
    if not is_text(head):
        return ContentType.BYTES
    return ContentType.JSON if looks_like_json.match(head) else ContentType.TEXT


signatures = {
    re.compile(rb"\x89PNG\r\n\x1A\n"): ContentType.PNG,
    re.compile(rb"\xFF\xD8\xFF"): ContentType.JPEG,
    re.compile(rb"GIF8[79]a"): ContentType.GIF,
    re.compile(rb"RIFF.{4}WEBP", re.DOTALL): ContentType.WEBP,
}

looks_like_json = re.compile(rb"(?:\xEF\xBB\xBF)?\s*\{\s*[\"}]")

# An image's name on bytes without its signature is a damaged image, and its reader will say so.
extensions = {
    "json": ContentType.JSON,
    "csv": ContentType.CSV,
    "png": ContentType.PNG,
    "jpg": ContentType.JPEG,
    "jpeg": ContentType.JPEG,
    "gif": ContentType.GIF,
    "webp": ContentType.WEBP,
}


def by_extension(key: str) -> ContentType | None:
    return extensions.get(key.rpartition(".")[2].lower())


def by_declaration(declared_type: str | None) -> ContentType | None:
    name = (declared_type or "").partition(";")[0].strip()
    return {"application/json": ContentType.JSON, "text/csv": ContentType.CSV}.get(name)


def is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    try:
        # The decoder forgives a character cut in two by the end of the head.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
