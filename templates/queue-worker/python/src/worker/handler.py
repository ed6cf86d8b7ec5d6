import logging
from typing import Any

import boto3

from lib.environment import required
from lib.metrics import Metrics
from worker.read_order import read_order
from worker.save_order import save_order

# What can be done once is done here, outside the handler: a warm invocation finds it ready.
logger = logging.getLogger(__name__)
dynamodb = boto3.client("dynamodb")
table = required("TABLE_NAME")
metrics = Metrics(required("METRICS_NAMESPACE"), "worker")


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers with the messages that must stay in their queue.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """
    try:
        failed = [message for message in event["Records"] if not finished(message)]
        return {"batchItemFailures": [{"itemIdentifier": message["messageId"]} for message in failed]}
    finally:
        metrics.publish()


def finished(message: dict[str, Any]) -> bool:
    # The sender's, so that one search finds what happened before the queue and after it.
    attribute = message["messageAttributes"].get("CorrelationId", {})
    correlation_id = attribute.get("stringValue") or message["messageId"]
    try:
        order = read_order(message["body"])
        saved = save_order(dynamodb, table, order, correlation_id)
        found = {"correlationId": correlation_id, "order": order.id}
        logger.info("Order saved" if saved else "Order was saved before", extra=found)
        metrics.add("OrdersSaved" if saved else "OrdersKnown", "Count", 1)
        return True
    except Exception:
        # The answer says only which messages failed, so the reason is logged here.
        receives = int(message["attributes"]["ApproximateReceiveCount"])
        found = {"correlationId": correlation_id, "messageId": message["messageId"], "receives": receives}
        logger.exception("Message left in its queue", extra=found)
        metrics.add("MessagesFailed", "Count", 1)
        return False
