import json
import os
import re
import sys
import threading
import traceback
from typing import Any

from lib.clock import utc


class Logger:
    """Lines of JSON, with the fields that Powertools gives its own.

    Python's `logging` would drop the field `requestId`: in Lambda's format that is the invocation's.
    """

    def __init__(self, service: str) -> None:
        self._fields: dict[str, Any] = {"service": service}
        self._lock = threading.Lock()

    def add_context(self, context: Any) -> None:
        """Says in each line from here on which invocation wrote it."""
        self._fields["function_name"] = context.function_name
        self._fields["function_request_id"] = context.aws_request_id
        # `Root=1-...;Parent=...;Sampled=1`, where the function is traced.
        trace = re.match(r"Root=([^;]+)", os.environ.get("_X_AMZN_TRACE_ID", ""))
        if trace:
            self._fields["xray_trace_id"] = trace[1]

    def info(self, message: str, **fields: Any) -> None:
        self._write("INFO", message, fields)

    def warn(self, message: str, **fields: Any) -> None:
        self._write("WARN", message, fields)

    def error(self, message: str, error: Exception | None = None, **fields: Any) -> None:
        if error is not None:
            stack = "".join(traceback.format_exception(error))
            fields["error"] = {"name": type(error).__name__, "message": str(error), "stack": stack}
        self._write("ERROR", message, fields)

    def _write(self, level: str, message: str, fields: dict[str, Any]) -> None:
        line = {"level": level, "message": message, "timestamp": utc(), **self._fields, **fields}
        # The records of a batch are worked on at the same time; a line must stay in one piece.
        with self._lock:
            sys.stdout.write(json.dumps(line, default=str) + "\n")
