import logging
from collections.abc import Callable
from typing import Any

logger = logging.getLogger(__name__)


class AlreadyInProgress(Exception):
    """Another invocation has the same object in hand; no error, for SQS may deliver twice."""


def process_batch(event: dict[str, Any], work: Callable[[dict[str, Any]], None]) -> dict[str, list[dict[str, str]]]:
    """Does the work of each message and answers with those that must stay in their queue.

    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """
    failures = []
    for message in event["Records"]:
        try:
            work(message)
        except Exception as error:
            # The answer says only which messages failed, so the reason is logged here.
            level = logging.WARNING if isinstance(error, AlreadyInProgress) else logging.ERROR
            logger.log(level, "Message left in its queue", exc_info=True, extra={"messageId": message["messageId"]})
            failures.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failures}
