from typing import TypedDict

from lib.validate import Schema, Text, WholeNumber


class Required(TypedDict):
    customer: str
    product: str
    quantity: int


class Order(Required, total=False):
    """What a client may ask for. The legacy system's own form of it is made in `process/transform.py`."""

    note: str


ORDER_SCHEMA: Schema = {
    "customer": Text(pattern=r"^[A-Z0-9-]{3,32}$"),
    "product": Text(pattern=r"^[a-z0-9-]{2,64}$"),
    "quantity": WholeNumber(minimum=1, maximum=1000),
    "note": Text(maximum_length=500, optional=True),
}
