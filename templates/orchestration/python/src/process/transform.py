from typing import TypedDict

from lib.order import Order


class LegacyOrder(TypedDict):
    """The order in the legacy system's own words."""

    CUST_NO: str
    PROD_CD: str
    QTY: int
    REMARK: str
    EXT_REF: str


def transform(order: Order, request_id: str) -> LegacyOrder:
    return {
        "CUST_NO": order["customer"],
        "PROD_CD": order["product"].upper(),
        "QTY": order["quantity"],
        "REMARK": order.get("note", ""),
        "EXT_REF": request_id,
    }
