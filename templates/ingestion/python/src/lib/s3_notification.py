import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from lib.failure import Malformed


@dataclass(frozen=True)
class StoredObject:
    """One object, as it was when S3 told of it."""

    bucket: str
    key: str
    size: int
    etag: str
    # Orders the events of one key; see `comparable_sequencer`.
    sequencer: str

    @property
    def uri(self) -> str:
        return f"s3://{self.bucket}/{self.key}"


@dataclass(frozen=True)
class ObjectCreated:
    object: StoredObject
    # A message body that tells of this object alone: what is retried or recorded when it fails.
    body: str


def read_notification(body: str) -> Sequence[ObjectCreated]:
    """Reads an S3 event notification as it comes from SQS.

    S3 sends `s3:TestEvent` when notifications are set up: it tells of nothing.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
    """
    event = parse(body)
    if event.get("Event") == "s3:TestEvent":
        return []
    records = event.get("Records")
    if not isinstance(records, list):
        raise no_notification("it has no Records")
    return [
        ObjectCreated(stored_object(record, index), json.dumps({"Records": [record]}, separators=(",", ":")))
        for index, record in enumerate(records)
    ]


def comparable_sequencer(sequencer: str) -> str:
    """Sequencers are hexadecimal strings of different lengths.

    The shorter one is padded with zeros on its right, then they compare as text. Padded once when stored, DynamoDB can
    compare them.
    """
    return sequencer.upper().ljust(32, "0")


def parse(body: str) -> dict[str, Any]:
    try:
        event = json.loads(body)
    except ValueError:
        event = None
    if not isinstance(event, dict):
        raise no_notification("it is not a JSON object")
    return event


def stored_object(record: Any, index: int) -> StoredObject:
    try:
        bucket = record["s3"]["bucket"]["name"]
        described = record["s3"]["object"]
        key, sequencer = described["key"], described["sequencer"]
    except (KeyError, TypeError):
        raise no_notification(f"Records[{index}] names no object") from None
    if not all(isinstance(value, str) for value in (bucket, key, sequencer)):
        raise no_notification(f"Records[{index}] names no object")
    return StoredObject(bucket, decode_key(key), described.get("size", 0), described.get("eTag", ""), sequencer)


def decode_key(key: str) -> str:
    """Keys come URL-encoded, with `+` for a space."""
    try:
        return unquote_plus(key, errors="strict")
    except UnicodeDecodeError:
        raise no_notification(f"its key {key} is not URL-encoded") from None


def no_notification(reason: str) -> Malformed:
    return Malformed(f"The message is not an S3 event notification: {reason}")
