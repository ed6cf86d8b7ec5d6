from typing import Any

from lib.dead_letter import Journey, journey_attributes


def send_back(sqs: Any, queue_url: str, body: str, journey: Journey, delay_seconds: int) -> None:
    """Puts a message into the source queue again. The last failure stays behind: the next attempt has its own."""
    sqs.send_message(
        QueueUrl=queue_url,
        MessageBody=body,
        DelaySeconds=delay_seconds,
        MessageAttributes=journey_attributes(journey),
    )
