from dataclasses import dataclass
from typing import Any

from ingest.content.describe_content import describe_content
from ingest.open_object import open_object, require_object
from ingest.save_metadata import save_metadata
from lib.s3_notification import StoredObject


@dataclass(frozen=True)
class Ingested:
    # "saved" or "superseded".
    outcome: str
    content_type: str
    size: int


@dataclass(frozen=True)
class Stores:
    s3: Any
    dynamodb: Any
    table: str


def ingest_object(object: StoredObject, stores: Stores) -> Ingested:
    """From object to row."""
    with open_object(stores.s3, object) as opened:
        content = describe_content(opened.chunks, object.key, opened.declared_type, opened.size)
    require_parts(stores.s3, object, content.details.get("parts", []))
    outcome = save_metadata(stores.dynamodb, stores.table, object, content, opened.declared_type)
    return Ingested(outcome, content.content_type, content.size)


def require_parts(s3: Any, object: StoredObject, parts: list[str]) -> None:
    """A manifest counts when everything that it announces has arrived."""
    folder = object.key[: object.key.rfind("/") + 1]
    for part in parts:
        require_object(s3, object.bucket, folder + part)
