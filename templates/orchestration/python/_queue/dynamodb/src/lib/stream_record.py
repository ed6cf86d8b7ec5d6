from typing import Any

from lib.request_row import QueuedRequest


class Unreadable(Exception):
    """Nobody but `accept` should write rows."""


def read_record(record: dict[str, Any]) -> QueuedRequest:
    """The row as it was when it was written or put back: what stands in the stream does not change any more."""
    try:
        image = record["dynamodb"]["NewImage"]
        return QueuedRequest(
            request_id=image["requestId"]["S"],
            correlation_id=image["correlationId"]["S"],
            expires_at=int(image["expiresAt"]["N"]),
            envelope={"ciphertext": image["envelope"]["M"]["ciphertext"]["S"]},
        )
    except (KeyError, TypeError, ValueError):
        raise Unreadable("The record is not a request") from None
