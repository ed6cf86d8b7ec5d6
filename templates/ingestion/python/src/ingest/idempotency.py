"""What was done once is not done again: a row per piece of work says whether it is done or being done.

The rows have the layout of AWS Lambda Powertools' idempotency, so a service that moves to it keeps its table.
"""

import hashlib
import json
import time
from collections.abc import Callable
from typing import Any

from lib.batch import AlreadyInProgress

REMEMBERED_SECONDS = 24 * 60 * 60

# A claim may be taken when there is none, when it is forgotten, or when whoever made it ran out of time.
CLAIM = (
    "attribute_not_exists(#id) OR #expiration < :now OR "
    "(#status = :inprogress AND attribute_exists(#claim) AND #claim < :nowms)"
)
NAMES = {"#id": "id", "#expiration": "expiration", "#status": "status", "#claim": "in_progress_expiration"}


class Idempotency:
    def __init__(self, dynamodb: Any, table: str, prefix: str) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._prefix = prefix

    def once(
        self, key: list[str], remaining_milliseconds: int, work: Callable[[], dict[str, Any]]
    ) -> dict[str, Any]:
        """The answer of `work`, now or the first time. What failed is forgotten, so that it can be tried again."""
        id = f"{self._prefix}#{hashlib.sha256(json.dumps(key).encode()).hexdigest()}"
        try:
            self._claim(id, remaining_milliseconds)
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            # DynamoDB gives the item in the way along, so it need not be read.
            present = error.response.get("Item", {})
            if present.get("status", {}).get("S") != "COMPLETED":
                raise AlreadyInProgress(f"{key} is being worked on") from None
            return json.loads(present["data"]["S"])
        try:
            answer = work()
        except Exception:
            self._dynamodb.delete_item(TableName=self._table, Key={"id": {"S": id}})
            raise
        self._complete(id, answer)
        return answer

    def _claim(self, id: str, remaining_milliseconds: int) -> None:
        now = time.time()
        claimed_until = int(now * 1000) + remaining_milliseconds
        self._dynamodb.put_item(
            TableName=self._table,
            Item={
                "id": {"S": id},
                "status": {"S": "INPROGRESS"},
                "expiration": {"N": str(int(now) + REMEMBERED_SECONDS)},
                "in_progress_expiration": {"N": str(claimed_until)},
            },
            ConditionExpression=CLAIM,
            ExpressionAttributeNames=NAMES,
            ExpressionAttributeValues={
                ":now": {"N": str(int(now))},
                ":nowms": {"N": str(int(now * 1000))},
                ":inprogress": {"S": "INPROGRESS"},
            },
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )

    def _complete(self, id: str, answer: dict[str, Any]) -> None:
        self._dynamodb.update_item(
            TableName=self._table,
            Key={"id": {"S": id}},
            UpdateExpression="SET #data = :data, #expiration = :expiration, #status = :status",
            ExpressionAttributeNames={"#data": "data", "#expiration": "expiration", "#status": "status"},
            ExpressionAttributeValues={
                ":data": {"S": json.dumps(answer)},
                ":expiration": {"N": str(int(time.time()) + REMEMBERED_SECONDS)},
                ":status": {"S": "COMPLETED"},
            },
        )
