from dataclasses import asdict, dataclass
from typing import Any

from lib.clock import utc
from lib.failure import Failure
from lib.object_table import as_item, failure_key
from lib.s3_notification import StoredObject


@dataclass(frozen=True)
class FailureRecord:
    object: StoredObject
    cause: Failure
    attempts: int
    first_failed_at: str
    message_id: str


def record_failure(dynamodb: Any, table: str, failure: FailureRecord) -> None:
    """Writes the failure of one version of an object, once: the message may come twice."""
    object = failure.object
    row = {
        **failure_key(object),
        "payload": {"bucket": object.bucket, "key": object.key, "size": object.size, "etag": object.etag},
        "cause": asdict(failure.cause),
        "attempts": failure.attempts,
        "firstFailedAt": failure.first_failed_at,
        "recordedAt": utc(),
        "messageId": failure.message_id,
    }
    try:
        dynamodb.put_item(
            TableName=table,
            Item=as_item(row),
            ConditionExpression="attribute_not_exists(#object)",
            ExpressionAttributeNames={"#object": "object"},
        )
    except dynamodb.exceptions.ConditionalCheckFailedException:
        return
