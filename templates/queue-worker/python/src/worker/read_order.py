import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


class Malformed(Exception):
    """The message itself is wrong: reading it again will not change that."""


@dataclass(frozen=True)
class Order:
    # The sender's own: the same order has the same id, however often it is sent.
    id: str
    customer: str
    total: Decimal


def read_order(body: str) -> Order:
    """Reads a message's body, and says what is wrong with one that is not an order."""
    message = parse(body)
    id, customer, total = message.get("id"), message.get("customer"), message.get("total")
    if not isinstance(id, str) or id == "":
        raise malformed("id must be a text")
    if not isinstance(customer, str) or customer == "":
        raise malformed("customer must be a text")
    # What is true is an int in Python, and what is not finite no number to DynamoDB.
    if isinstance(total, bool) or not isinstance(total, int | Decimal) or not total >= 0:
        raise malformed("total must be a number of at least 0")
    return Order(id, customer, Decimal(total))


def parse(body: str) -> dict[str, Any]:
    try:
        message = json.loads(body, parse_float=Decimal, parse_constant=str)
    except ValueError:
        message = None
    if not isinstance(message, dict):
        raise malformed("it is not a JSON object")
    return message


def malformed(reason: str) -> Malformed:
    return Malformed(f"The message is not an order: {reason}")
