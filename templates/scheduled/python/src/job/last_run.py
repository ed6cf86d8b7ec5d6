from typing import Any

from boto3.dynamodb.types import TypeSerializer

from lib.clock import utc

ID = "last-run"


def read_last_run(dynamodb: Any, table: str) -> str | None:
    """Up to when the work is done; None before the first run."""
    item = dynamodb.get_item(TableName=table, Key={"id": {"S": ID}}, ConsistentRead=True).get("Item")
    return item and item["scheduledTime"]["S"]


def save_run(dynamodb: Any, table: str, start: str, end: str, correlation_id: str, result: dict[str, Any]) -> bool:
    """A run that took longer than the next one must not put the time back."""
    row = {"id": ID, "from": start, "scheduledTime": end, "finishedAt": utc(), "correlationId": correlation_id}
    try:
        dynamodb.put_item(
            TableName=table,
            Item={name: serializer.serialize(value) for name, value in {**row, "result": result}.items()},
            ConditionExpression="attribute_not_exists(#id) OR #time < :time",
            ExpressionAttributeNames={"#id": "id", "#time": "scheduledTime"},
            ExpressionAttributeValues={":time": {"S": end}},
        )
        return True
    except dynamodb.exceptions.ConditionalCheckFailedException:
        return False


serializer = TypeSerializer()
