import json
from collections.abc import Callable
from typing import Any, NoReturn


def read_json(text: str | bytes, parse_float: Callable[[str], Any] = float) -> Any:
    """JSON as RFC 8259 has it; `ValueError` for anything else, also for what is nested too deep to be read.

    Python alone would take NaN, which is neither before a time nor after it.
    """
    try:
        return json.loads(text, parse_constant=refuse, parse_float=parse_float)
    except RecursionError:
        raise ValueError("The JSON is nested too deep") from None


def refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")
