from dataclasses import dataclass
from typing import Any, Literal, TypedDict

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from lib.envelope import Envelope
from lib.failure import Cause

# PENDING: accepted, waits in the queue. PROCESSING: taken up at least once; between two attempts it stays so.
# DONE, FAILED, EXPIRED: the end.
RequestStatus = Literal["PENDING", "PROCESSING", "DONE", "FAILED", "EXPIRED"]


class AcceptedRow(TypedDict):
    requestId: str
    status: RequestStatus
    # Who asked: nobody else is told of it.
    subject: str
    # Of the payload, so that an idempotency key is not used for two different ones.
    fingerprint: str
    correlationId: str
    createdAt: str
    updatedAt: str
    # Until the end: not to be processed any more. After it: when the row may go. DynamoDB deletes it some time later.
    expiresAt: int
    attempts: int


class RequestRow(AcceptedRow, total=False):
    """A request, as it stands in the table. Times that DynamoDB or a condition compares are in seconds."""

    # Of the last attempt that failed.
    cause: Cause
    result: dict[str, Any]


@dataclass(frozen=True)
class QueuedRequest:
    """What waits in the queue."""

    request_id: str
    correlation_id: str
    expires_at: int
    envelope: Envelope


def as_item(row: Any) -> dict[str, Any]:
    """The row with DynamoDB's types."""
    return {name: serializer.serialize(value) for name, value in row.items()}


def from_item(item: dict[str, Any]) -> Any:
    return {name: deserializer.deserialize(value) for name, value in item.items()}


serializer = TypeSerializer()
deserializer = TypeDeserializer()
