import json
import logging
from typing import Any

logger = logging.getLogger(__name__)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """A message that raises stays in the queue, and only it: the others of its batch are done.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """
    failed = [message["messageId"] for message in event["Records"] if not finished(message)]
    return {"batchItemFailures": [{"itemIdentifier": id} for id in failed]}


def finished(message: dict[str, Any]) -> bool:
    # The sender's, so that one search finds what happened before the queue and after it.
    given = message["messageAttributes"].get("CorrelationId", {}).get("stringValue")
    found = {"correlationId": given or message["messageId"], "messageId": message["messageId"]}
    try:
        on_message(json.loads(message["body"]))
        logger.info("Message taken", extra=found)
        return True
    except Exception:
        # The answer says only which messages failed, so the reason is logged here.
        logger.exception("Message left in its queue", extra=found)
        return False


def on_message(content: Any) -> None:
    """SQS delivers at least once: what happens here must be able to happen twice."""
    if not isinstance(content, dict):
        raise ValueError("The message is not a JSON object")
