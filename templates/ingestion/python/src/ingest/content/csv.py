import json
import re
from collections.abc import Iterable
from typing import Any

from lib.failure import Malformed

KEPT_COLUMNS = 100
KEPT_NAME_LENGTH = 256


def describe_csv(text: Iterable[str]) -> dict[str, Any]:
    """RFC 4180 with a header row; a quote that is never closed and a row of another width are malformed."""
    scanner = CsvScanner()
    for piece in text:
        scanner.write(piece)
    return scanner.end()


class CsvScanner:
    def __init__(self) -> None:
        self._place = "start"  # or "plain", "quoted", "after quote"
        self._fields = 0
        self._line = 1
        self._quote_opened_at = 0
        # The name of a column while the header is read.
        self._name = ""
        self._columns: list[str] = []
        self._column_count: int | None = None
        self._rows = 0

    def write(self, text: str) -> None:
        position = 0
        while position < len(text):
            # Most of a file is the inside of fields, so that is passed over in one step.
            run = (inside_quotes if self._place == "quoted" else inside_field).match(text, position)
            if run is not None and self._place != "after quote":
                self._run(run.group())
                position = run.end()
            else:
                self._character(text[position])
                position += 1

    def end(self) -> dict[str, Any]:
        if self._place == "quoted":
            raise Malformed(f"The CSV file ends inside the quote that line {self._quote_opened_at} opens")
        self._end_row()
        if self._column_count is None:
            raise Malformed("The CSV file has no header row")
        return {"columnCount": self._column_count, "columns": self._columns, "rows": self._rows}

    def _run(self, text: str) -> None:
        if self._place == "quoted":
            self._line += text.count("\n")
        else:
            self._place = "plain"
        self._keep(text)

    def _character(self, character: str) -> None:
        if self._place == "quoted":
            self._place = "after quote"
        elif character == ",":
            self._end_field()
        elif character == "\n":
            self._end_row()
        elif character == '"':
            self._quote()
        elif character != "\r":
            shown = json.dumps(character, ensure_ascii=False)
            raise Malformed(f"Line {self._line} of the CSV file has {shown} after a closing quote")

    def _quote(self) -> None:
        if self._place == "plain":
            raise Malformed(f"Line {self._line} of the CSV file has a quote inside a plain field")
        if self._place == "after quote":
            # A quote right after the closing one was an escaped quote all along.
            self._keep('"')
        else:
            self._quote_opened_at = self._line
        self._place = "quoted"

    def _keep(self, text: str) -> None:
        if self._column_count is None:
            self._name = (self._name + text)[:KEPT_NAME_LENGTH]

    def _end_field(self) -> None:
        self._fields += 1
        self._place = "start"
        if self._column_count is None and len(self._columns) < KEPT_COLUMNS:
            self._columns.append(self._name)
        self._name = ""

    def _end_row(self) -> None:
        blank = self._fields == 0 and self._place == "start"
        if not blank:
            self._end_field()
            if self._column_count is None:
                self._column_count = self._fields
            elif self._fields == self._column_count:
                self._rows += 1
            else:
                raise Malformed(
                    f"Line {self._line} of the CSV file has {self._fields} fields, its header {self._column_count}"
                )
        self._fields = 0
        self._line += 1


inside_quotes = re.compile(r'[^"]+')
inside_field = re.compile(r'[^",\r\n]+')
