from datetime import datetime, timezone
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer


def get_order(dynamodb: Any, table: str, id: str) -> dict[str, Any] | None:
    item = dynamodb.get_item(TableName=table, Key={"id": {"S": id}}, ConsistentRead=True).get("Item")
    if item is None:
        return None
    row = {name: deserializer.deserialize(value) for name, value in item.items()}
    # Numbers come as Decimal, which JSON does not know.
    lines = [{"sku": line["sku"], "quantity": int(line["quantity"])} for line in row["lines"]]
    return {"id": id, "customer": row["customer"], "lines": lines}


def put_order(dynamodb: Any, table: str, order: dict[str, Any], correlation_id: str) -> bool:
    """Whether it is new."""
    saved_at = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    row = {**order, "correlationId": correlation_id, "savedAt": saved_at}
    item = {name: serializer.serialize(value) for name, value in row.items()}
    return "Attributes" not in dynamodb.put_item(TableName=table, Item=item, ReturnValues="ALL_OLD")


serializer = TypeSerializer()
deserializer = TypeDeserializer()
