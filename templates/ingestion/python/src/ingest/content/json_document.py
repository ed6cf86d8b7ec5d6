import json
import re
from collections.abc import Iterable
from typing import Any

from lib.failure import Malformed

# Rows are small: of a wide object the first keys are kept, all are counted.
KEPT_KEYS = 100
KEPT_KEY_LENGTH = 256
# Memory grows with the depth alone, so the depth is bounded.
MAXIMUM_DEPTH = 1000
MAXIMUM_LITERAL = 1000


def describe_json(text: Iterable[str]) -> dict[str, Any]:
    """Checks a document from its first to its last character without keeping it: a truncated one is malformed."""
    scanner = JsonScanner()
    for piece in text:
        scanner.write(piece)
    return scanner.end()


class JsonScanner:
    """The grammar of RFC 8259, one token after the other; a token may be cut anywhere."""

    def __init__(self) -> None:
        # "value", "value or ]", "key", "key or }", ":", ", or end" or "end".
        self._expected = "value"
        self._containers: list[str] = []
        self._position = 0
        self._in_string = False
        # Characters of an escape sequence still to come: 1 after the backslash, 4 after `\u`.
        self._escape = 0
        self._unicode = False
        # A number, true, false or null so far.
        self._literal = ""
        # The top-level key being read, raw.
        self._key: str | None = None
        self._keys: list[str] = []
        self._key_count = 0
        self._length = 0
        self._top_level = "value"

    def write(self, text: str) -> None:
        index = 0
        while index < len(text):
            # Most of a document is the inside of strings and the space around them: passed over in one step.
            run = self._run(text, index)
            if run is not None:
                self._position += run.end() - index
                index = run.end()
            else:
                self._position += 1
                self._character(text[index])
                index += 1

    def end(self) -> dict[str, Any]:
        self._finish_literal()
        if self._position == 0:
            raise Malformed("The JSON document is empty")
        if self._in_string or self._expected != "end":
            raise Malformed(f"The JSON document ends in the middle, after {self._position} characters")
        if self._top_level == "object":
            return {"topLevel": "object", "keyCount": self._key_count, "keys": self._keys}
        if self._top_level == "array":
            return {"topLevel": "array", "length": self._length}
        return {"topLevel": "value"}

    def _run(self, text: str, index: int) -> re.Match[str] | None:
        if self._in_string:
            run = None if self._escape > 0 else plain.match(text, index)
            if run is not None and self._key is not None:
                self._keep(run.group())
            return run
        return None if self._literal else whitespace.match(text, index)

    def _character(self, character: str) -> None:
        if self._in_string:
            self._string(character)
        elif self._literal and literal_character.match(character):
            self._extend(character)
        else:
            self._finish_literal()
            if character not in " \t\n\r":
                self._token(character)

    def _token(self, character: str) -> None:
        expected = self._expected
        expects_value = expected.startswith("value")
        if character == '"' and (expects_value or expected.startswith("key")):
            self._open_string()
        elif character in "{[" and expects_value:
            self._open(character)
        elif character == "}" and (expected == "key or }" or self._may_close("{")):
            self._close()
        elif character == "]" and (expected == "value or ]" or self._may_close("[")):
            self._close()
        elif character == "," and expected == ", or end":
            self._expected = "key" if self._containers[-1] == "{" else "value"
        elif character == ":" and expected == ":":
            self._expected = "value"
        elif expects_value and literal_start.match(character):
            self._literal = character
        else:
            raise self._unexpected(character)

    def _may_close(self, container: str) -> bool:
        return self._expected == ", or end" and self._containers[-1] == container

    def _open(self, container: str) -> None:
        self._count_element()
        if not self._containers:
            self._top_level = "object" if container == "{" else "array"
        self._containers.append(container)
        if len(self._containers) > MAXIMUM_DEPTH:
            raise Malformed(f"The JSON document is nested more than {MAXIMUM_DEPTH} deep")
        self._expected = "key or }" if container == "{" else "value or ]"

    def _close(self) -> None:
        self._containers.pop()
        self._value_ends()

    def _value_ends(self) -> None:
        self._expected = ", or end" if self._containers else "end"

    def _count_element(self) -> None:
        if len(self._containers) == 1 and self._top_level == "array":
            self._length += 1

    def _open_string(self) -> None:
        self._in_string = True
        if not self._expected.startswith("key"):
            self._count_element()
        elif len(self._containers) == 1:
            self._key = ""

    def _string(self, character: str) -> None:
        if character < " ":
            raise self._unexpected(character)
        if character == '"' and self._escape == 0:
            self._close_string()
            return
        if self._escape > 0:
            self._escaped(character)
        elif character == "\\":
            self._escape = 1
        if self._key is not None:
            self._keep(character)

    def _keep(self, text: str) -> None:
        self._key = ((self._key or "") + text)[:KEPT_KEY_LENGTH]

    def _escaped(self, character: str) -> None:
        self._escape -= 1
        if self._unicode:
            if character not in "0123456789abcdefABCDEF":
                raise self._unexpected(character)
            self._unicode = self._escape > 0
        elif character == "u":
            self._escape = 4
            self._unicode = True
        elif character not in '"\\/bfnrt':
            raise self._unexpected(character)

    def _close_string(self) -> None:
        self._in_string = False
        if not self._expected.startswith("key"):
            self._value_ends()
            return
        self._expected = ":"
        if self._key is None:
            return
        self._key_count += 1
        if len(self._keys) < KEPT_KEYS:
            self._keys.append(unescaped(self._key))
        self._key = None

    def _extend(self, character: str) -> None:
        self._literal += character
        if len(self._literal) > MAXIMUM_LITERAL:
            raise Malformed(f"The JSON document has a number of more than {MAXIMUM_LITERAL} characters")

    def _finish_literal(self) -> None:
        if self._literal == "":
            return
        if not literal.fullmatch(self._literal):
            raise Malformed(
                f"The JSON document has {self._literal} at character {self._position}, which is no value"
            )
        self._count_element()
        self._literal = ""
        self._value_ends()

    def _unexpected(self, character: str) -> Malformed:
        expected = "a string" if self._in_string else self._expected
        shown = json.dumps(character, ensure_ascii=False)
        return Malformed(
            f"The JSON document has {shown} at character {self._position}, where {expected} must stand"
        )


plain = re.compile(r'[^"\\\x00-\x1f]+')
whitespace = re.compile(r"[ \t\n\r]+")
literal_start = re.compile(r"[-0-9tfn]")
literal_character = re.compile(r"[-+.0-9A-Za-z]")
literal = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null")


def unescaped(raw: str) -> str:
    """A key cut in the middle of an escape sequence stays as it was written."""
    try:
        return json.loads(f'"{raw}"')
    except ValueError:
        return raw
