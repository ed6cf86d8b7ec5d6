import json
from collections.abc import Iterable
from typing import Any

from lib.failure import Malformed

MAXIMUM_LENGTH = 64 * 1024
MAXIMUM_PARTS = 100


def read_manifest(text: Iterable[str]) -> dict[str, Any]:
    """A manifest (`<name>.manifest.json`) announces a delivery of several objects: `{"parts": ["march.csv"]}`.

    It counts as ingested when all of its parts are there. Its content is kept, so its size is bounded.
    """
    document = ""
    for piece in text:
        document += piece
        if len(document) > MAXIMUM_LENGTH:
            raise Malformed(f"The manifest is longer than {MAXIMUM_LENGTH} characters")
    parts = parts_of(document)
    if not isinstance(parts, list) or not parts or not all(is_part_name(part) for part in parts):
        raise Malformed('The manifest must have "parts", a list of names of objects in its own folder')
    if len(parts) > MAXIMUM_PARTS:
        raise Malformed(f"The manifest has more than {MAXIMUM_PARTS} parts")
    return {"parts": parts}


def parts_of(document: str) -> Any:
    try:
        manifest = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"The manifest is not JSON: {error}") from None
    return manifest.get("parts") if isinstance(manifest, dict) else None


def is_part_name(part: Any) -> bool:
    return isinstance(part, str) and part != "" and "/" not in part
