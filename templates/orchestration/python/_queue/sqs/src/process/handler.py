from typing import Any

import boto3

from lib.batch import process_batch
from lib.environment import required, required_integer
from lib.queue_message import read_message
from process.back_off import hidden_for
from process.connect import connect
from process.process_request import LeftInQueue, process_request

processing = connect()
logger = processing.logger
sqs = boto3.client("sqs")
queue_url = required("QUEUE_URL")
first_delay_seconds = required_integer("FIRST_DELAY_SECONDS")


def on_message(message: dict[str, Any], invocation: str) -> None:
    message_id = message["messageId"]
    try:
        process_request(read_message(message["body"]), f"{invocation} {message_id}", processing)
    except Exception as error:
        if not isinstance(error, LeftInQueue):
            logger.error("Message left in its queue", messageId=message_id, error=error)
        hide(message, error)
        raise


def hide(message: dict[str, Any], failure: Exception) -> None:
    """Without it the next attempt would come only when the visibility timeout is over, which is made for crashes."""
    delay = hidden_for(failure, int(message["attributes"]["ApproximateReceiveCount"]), first_delay_seconds)
    try:
        sqs.change_message_visibility(
            QueueUrl=queue_url, ReceiptHandle=message["receiptHandle"], VisibilityTimeout=delay
        )
    except Exception as error:
        sentence = "Message comes back only after the visibility timeout"
        logger.error(sentence, messageId=message["messageId"], error=error)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    logger.add_context(context)
    try:
        return process_batch(
            event["Records"],
            work=lambda message: on_message(message, context.aws_request_id),
            identifier=lambda message: message["messageId"],
        )
    finally:
        processing.metrics.publish()
