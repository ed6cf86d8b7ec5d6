import json
import logging
from typing import Any
from urllib.parse import unquote_plus

import boto3

# What can be done once is done here, outside the handler: a warm invocation finds it ready.
logger = logging.getLogger(__name__)
s3 = boto3.client("s3")


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """A message that raises stays in the queue, and only it: the others of its batch are done.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """
    failed = [message["messageId"] for message in event["Records"] if not finished(message)]
    return {"batchItemFailures": [{"itemIdentifier": id} for id in failed]}


def finished(message: dict[str, Any]) -> bool:
    # S3 gives no correlation id, so the message's takes its place.
    found = {"correlationId": message["messageId"]}
    try:
        # S3 sends a test event without records when it learns of the queue.
        for record in json.loads(message["body"]).get("Records", []):
            # A key is encoded as in a form: a space is a plus sign.
            key = unquote_plus(record["s3"]["object"]["key"], errors="strict")
            on_object(record["s3"]["bucket"]["name"], key, found)
        return True
    except Exception:
        # The answer says only which messages failed, so the reason is logged here.
        logger.exception("Message left in its queue", extra=found)
        return False


def on_object(bucket: str, key: str, found: dict[str, Any]) -> None:
    """Notifications come at least once and in any order: what happens here must be able to happen twice."""
    object = s3.get_object(Bucket=bucket, Key=key)
    size = sum(len(chunk) for chunk in object["Body"].iter_chunks())
    logger.info("Object read", extra={**found, "bucket": bucket, "key": key, "size": size})
