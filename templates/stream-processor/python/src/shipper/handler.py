import logging
from typing import Any

import boto3
from boto3.dynamodb.types import TypeDeserializer

from lib.environment import required
from lib.metrics import Metrics
from shipper.read_order import read_order
from shipper.save_shipment import save_shipment

# What can be done once is done here, outside the handler: a warm invocation finds it ready.
logger = logging.getLogger(__name__)
dynamodb = boto3.client("dynamodb")
table = required("TABLE_NAME")
metrics = Metrics(required("METRICS_NAMESPACE"), "shipper")
deserializer = TypeDeserializer()


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers with the records that failed; Lambda goes on from the first of them.

    https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
    """
    try:
        failed = [record["dynamodb"]["SequenceNumber"] for record in event["Records"] if not finished(record)]
        return {"batchItemFailures": [{"itemIdentifier": number} for number in failed]}
    finally:
        metrics.publish()


def finished(record: dict[str, Any]) -> bool:
    image = {name: deserializer.deserialize(value) for name, value in record["dynamodb"].get("NewImage", {}).items()}
    # The writer's, so that one search finds what happened before the stream and after it.
    given = image.get("correlationId")
    correlation_id = given if isinstance(given, str) and given else record["eventID"]
    try:
        order = read_order(image)
        saved = save_shipment(dynamodb, table, order, correlation_id)
        found = {"correlationId": correlation_id, "order": order.id}
        logger.info("Order shipped" if saved else "Order was shipped before", extra=found)
        metrics.add("OrdersShipped" if saved else "OrdersKnown", "Count", 1)
        return True
    except Exception:
        # What reaches the failure queue says where the record is, not what is wrong with it.
        found = {"correlationId": correlation_id, "order": str(image.get("id")), "eventID": record["eventID"]}
        logger.exception("Order not shipped", extra=found)
        metrics.add("RecordsFailed", "Count", 1)
        return False
