from dataclasses import dataclass
from typing import Any

from lib.request_row import RequestStatus, as_item


@dataclass(frozen=True)
class SavedRequest:
    """What a repetition has to know of the first time."""

    status: RequestStatus
    fingerprint: str


def save_request(dynamodb: Any, table: str, row: Any) -> SavedRequest | None:
    """Saves a request once, and answers what was there before.

    DynamoDB returns the row in the way with the failed condition, so it need not be read.
    """
    try:
        dynamodb.put_item(
            TableName=table,
            Item=as_item(row),
            ConditionExpression="attribute_not_exists(requestId)",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    except dynamodb.exceptions.ConditionalCheckFailedException as error:
        found = error.response["Item"]
        return SavedRequest(found["status"]["S"], found["fingerprint"]["S"])
    return None
