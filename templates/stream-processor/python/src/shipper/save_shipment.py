from dataclasses import asdict
from datetime import datetime, timezone
from typing import Any

from boto3.dynamodb.types import TypeSerializer

from shipper.read_order import PlacedOrder


def save_shipment(dynamodb: Any, table: str, order: PlacedOrder, correlation_id: str) -> bool:
    """Saves the shipment of an order once.

    A record may come twice, and an order may be written again while it is placed.
    """
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
