from typing import Any

from lib.dead_letter import Journey, journey_attributes


def hand_over(sqs: Any, queue_url: str, body: str, journey: Journey) -> None:
    """Gives a failed object to redrive at once, with the cause.

    Left in the queue it would be tried again only after the visibility timeout, several times even if it is hopeless,
    and would reach the dead-letter queue without a cause.
    """
    sqs.send_message(QueueUrl=queue_url, MessageBody=body, MessageAttributes=journey_attributes(journey))
