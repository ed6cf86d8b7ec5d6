from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class Malformed(Exception):
    """The order itself is wrong: reading it again will not change that."""


@dataclass(frozen=True)
class PlacedOrder:
    id: str
    address: str


def read_order(image: Mapping[str, Any]) -> PlacedOrder:
    """Reads the new image of an order, and says what is missing in one that cannot be shipped."""
    id, address = image.get("id"), image.get("address")
    if not isinstance(id, str):
        raise Malformed("The order cannot be shipped: it has no id")
    if not isinstance(address, str) or address == "":
        raise Malformed("The order cannot be shipped: it has no address")
    return PlacedOrder(id, address)
