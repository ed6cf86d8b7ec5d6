from dataclasses import asdict
from datetime import datetime, timezone
from typing import Any

from boto3.dynamodb.types import TypeSerializer

from worker.read_order import Order


def save_order(dynamodb: Any, table: str, order: Order, correlation_id: str) -> bool:
    """Saves an order once: the queue may deliver it twice, and the sender may send it twice."""
    saved_at = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    row = {**asdict(order), "correlationId": correlation_id, "savedAt": saved_at}
    try:
        dynamodb.put_item(
            TableName=table,
            Item={name: serializer.serialize(value) for name, value in row.items()},
            ConditionExpression="attribute_not_exists(#id)",
            ExpressionAttributeNames={"#id": "id"},
        )
        return True
    except dynamodb.exceptions.ConditionalCheckFailedException:
        return False


serializer = TypeSerializer()
