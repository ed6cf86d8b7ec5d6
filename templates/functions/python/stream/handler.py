import logging
from typing import Any

from boto3.dynamodb.types import TypeDeserializer

# What can be done once is done here, outside the handler: a warm invocation finds it ready.
logger = logging.getLogger(__name__)
deserializer = TypeDeserializer()


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """The records of a shard come in order, so the batch ends at the first that raises.

    Lambda comes back with it and what stands behind it.
    https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
    """
    for record in event["Records"]:
        if not finished(record):
            return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}


def finished(record: dict[str, Any]) -> bool:
    image = plain(record["dynamodb"].get("NewImage", {}))
    # The writer's, so that one search finds what happened before the stream and after it.
    given = image.get("correlationId")
    correlation_id = given if isinstance(given, str) and given else record["eventID"]
    found = {"correlationId": correlation_id, "eventID": record["eventID"], "eventName": record["eventName"]}
    try:
        on_change(plain(record["dynamodb"].get("Keys", {})), image)
        logger.info("Record taken", extra=found)
        return True
    except Exception:
        # What reaches the failure queue says where the record is, not what is wrong with it.
        logger.exception("Record failed", extra=found)
        return False


def on_change(keys: dict[str, Any], image: dict[str, Any]) -> None:
    """Records come at least once: what happens here must be able to happen twice.

    The image is what the item is now, and empty when it was deleted.
    """
    if not keys:
        raise ValueError("The record has no keys")


def plain(item: dict[str, Any]) -> dict[str, Any]:
    return {name: deserializer.deserialize(value) for name, value in item.items()}
