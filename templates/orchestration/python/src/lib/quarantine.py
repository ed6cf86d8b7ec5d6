import time
from dataclasses import dataclass
from typing import Any, TypedDict

from lib.clock import utc
from lib.failure import Cause
from lib.request_row import RequestRow, as_item, from_item

UNFINISHED: Cause = {
    "name": "Unfinished",
    "message": (
        "process took the request up several times and never finished it: it crashed, or ran out of memory or time"
    ),
}


class UnreadableRecord(TypedDict):
    recordId: str
    cause: Cause
    attempts: int
    # As it was in the queue.
    record: Any
    quarantinedAt: str


class QuarantineRecord(UnreadableRecord, total=False):
    """A request that nobody tries any more, with everything needed to find out why and to try it again."""

    requestId: str
    correlationId: str


@dataclass(frozen=True)
class QuarantineTables:
    dynamodb: Any
    requests: str
    records: str
    retention_seconds: int

    def save(self, record: QuarantineRecord) -> None:
        """Writes the record once for each time that it was given up: what tells of it may come twice."""
        try:
            self.dynamodb.put_item(
                TableName=self.records,
                Item=as_item(record),
                ConditionExpression="attribute_not_exists(recordId) OR attempts < :attempts",
                ExpressionAttributeValues=as_item({":attempts": record["attempts"]}),
            )
        except self.dynamodb.exceptions.ConditionalCheckFailedException:
            return

    def fail_request(self, request_id: str) -> RequestRow | None:
        """The failed row; `None` when the request came to another end after all, or is gone."""
        values = {
            ":pending": "PENDING",
            ":processing": "PROCESSING",
            ":failed": "FAILED",
            ":unfinished": UNFINISHED,
            ":expiresAt": int(time.time()) + self.retention_seconds,
            ":now": utc(),
        }
        try:
            answer = self.dynamodb.update_item(
                TableName=self.requests,
                Key=as_item({"requestId": request_id}),
                # The last attempt left its cause; one that was cut off could not.
                UpdateExpression=(
                    "SET #status = :failed, #cause = if_not_exists(#cause, :unfinished), "
                    "#expiresAt = :expiresAt, #updatedAt = :now"
                ),
                ConditionExpression="#status IN (:pending, :processing, :failed)",
                ExpressionAttributeNames={
                    "#status": "status",
                    "#cause": "cause",
                    "#expiresAt": "expiresAt",
                    "#updatedAt": "updatedAt",
                },
                ExpressionAttributeValues=as_item(values),
                ReturnValues="ALL_NEW",
            )
        except self.dynamodb.exceptions.ConditionalCheckFailedException:
            return None
        return from_item(answer["Attributes"])
