import hashlib
import struct
import unittest
import zlib
from collections.abc import Iterator
from typing import Any

from ingest.content.describe_content import Content, describe_content
from lib.failure import Malformed


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    """In pieces of every size from one byte up: no reader may depend on where a chunk ends."""
    for start in range(0, len(data), size):
        yield data[start : start + size]


def describe(key: str, data: bytes, size: int = 7, declared_type: str | None = None) -> Content:
    return describe_content(pieces(data, size), key, declared_type, len(data))


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(bytes(20)))
    + chunk(b"IEND", b"")
)
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x04\x01\x02"
    + b"\xff\xff\xc0\x00\x0b\x08\x00\x09\x00\x10\x01\x01\x11\x00"
    + b"\xff\xda\x00\x02\x01\x02\x03\xff\x00\x04\xff\xd9"
)
GIF = b"GIF89a\x05\x00\x04\x00\x00\x00\x00\x2c\x3b"
WEBP = b"RIFF\x18\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x06\x00\x00\x03\x00\x00\x00\x00"

KNOWN: list[tuple[str, str, bytes, str, dict[str, Any]]] = [
    (
        "a JSON object",
        "a.json",
        '{"id": 1, "li\\u006ees": [{"a": "}"}], "é": null}'.encode(),
        "application/json",
        {"topLevel": "object", "keyCount": 3, "keys": ["id", "lines", "é"]},
    ),
    (
        "a JSON array",
        "a.json",
        b'[1, -2.5e3, "x", [2, 3], {"a": 1}, true]',
        "application/json",
        {"topLevel": "array", "length": 6},
    ),
    ("an empty JSON array", "a.json", b" [ ] ", "application/json", {"topLevel": "array", "length": 0}),
    ("a JSON value", "a.json", b"42", "application/json", {"topLevel": "value"}),
    (
        "JSON without a name that says so",
        "a",
        '\ufeff{"id": 1}'.encode(),
        "application/json",
        {"topLevel": "object", "keyCount": 1, "keys": ["id"]},
    ),
    ("a log that begins with a bracket", "a.log", b"[info] up\n[info] down", "text/plain", {"lines": 2}),
    ("text", "a.txt", b"one\ntwo\n", "text/plain", {"lines": 2}),
    ("nothing", "empty", b"", "text/plain", {"lines": 0}),
    (
        "CSV",
        "a.csv",
        b'id,"the ""name"""\r\n1,"a\nb"\r\n\r\n2,c',
        "text/csv",
        {"columnCount": 2, "columns": ["id", 'the "name"'], "rows": 2},
    ),
    ("bytes of no known type", "a.bin", b"\x01\x00\x02", "application/octet-stream", {}),
    ("a PNG image", "a", PNG, "image/png", {"width": 3, "height": 2}),
    ("a JPEG image", "a", JPEG, "image/jpeg", {"width": 16, "height": 9}),
    ("a GIF image", "a", GIF, "image/gif", {"width": 5, "height": 4}),
    ("a WebP image", "a", WEBP, "image/webp", {"width": 7, "height": 4}),
    ("an image under a wrong name", "a.json", PNG, "image/png", {"width": 3, "height": 2}),
    ("a manifest", "a.manifest.json", b'{"parts": ["b.csv"]}', "application/json", {"parts": ["b.csv"]}),
]

MALFORMED = [
    ("a.json", "", "The JSON document is empty"),
    ("a.json", '{"a": [1, 2', "ends in the middle, after 11 characters"),
    ("a.json", '{"a": "b', "ends in the middle"),
    ("a.json", '{"a": 1,}', '"}" at character 9, where key must stand'),
    ("a.json", "[1 2]", '"2" at character 4, where , or end must stand'),
    ("a.json", "[01]", "01 at character 4, which is no value"),
    ("a.json", "{} {}", '"{" at character 4, where end must stand'),
    ("a.json", "[1}", '"}" at character 3'),
    ("a.json", '["\\x"]', '"x" at character 4'),
    ("a.json", "[" * 1001, "nested more than 1000 deep"),
    ("a.csv", "", "no header row"),
    ("a.csv", 'id,name\n1,"a', "ends inside the quote that line 2 opens"),
    ("a.csv", 'id,name\n1,"a"b\n', 'Line 2 of the CSV file has "b" after a closing quote'),
    ("a.csv", "id,name\n1\n", "Line 2 of the CSV file has 1 fields, its header 2"),
    ("a.png", "hello, world", "The PNG image lacks its signature"),
    ("a.manifest.json", '{"parts": ["../secret"]}', "a list of names of objects in its own folder"),
]


class DescribeContent(unittest.TestCase):
    def test_knows_what_an_object_holds_however_it_is_cut(self) -> None:
        for name, key, data, content_type, details in KNOWN:
            expected = Content(content_type, len(data), hashlib.sha256(data).hexdigest(), details)
            for size in (1, 2, 3, 5, 7, 1000):
                with self.subTest(name, size=size):
                    self.assertEqual(describe(key, data, size), expected)

    def test_takes_the_declared_type_where_the_name_says_nothing(self) -> None:
        content = describe("a", b"x\n1\n", declared_type="text/csv; charset=utf-8")
        self.assertEqual(content.details, {"columnCount": 1, "columns": ["x"], "rows": 1})

    def test_refuses_what_breaks_its_own_format(self) -> None:
        for key, text, reason in MALFORMED:
            for size in (1, 7, 2000):
                with self.subTest(text[:40], key=key, size=size), self.assertRaises(Malformed) as caught:
                    describe(key, text.encode(), size)
                self.assertIn(reason, str(caught.exception))

    def test_notices_where_an_image_was_cut_off(self) -> None:
        for image in (PNG, JPEG, GIF, WEBP):
            for length in range(12, len(image)):
                with self.subTest(image[:4], length=length), self.assertRaises(Malformed):
                    describe("a", image[:length])

    def test_notices_a_damaged_png_image(self) -> None:
        damaged = PNG[:20] + b"\x63" + PNG[21:]
        with self.assertRaisesRegex(Malformed, "the checksum of its IHDR chunk is wrong"):
            describe("a", damaged)

    def test_refuses_json_that_is_not_utf_8(self) -> None:
        with self.assertRaisesRegex(Malformed, "not valid UTF-8"):
            describe("a.json", b'"\xff"')

    def test_tells_a_broken_connection_from_a_truncated_object(self) -> None:
        with self.assertRaisesRegex(ConnectionError, "The connection ended after 6 of 9 bytes"):
            describe_content(pieces(b'{"a": ', 7), "a.json", expected_size=9)

    def test_reads_an_object_far_larger_than_what_it_keeps(self) -> None:
        rows = b"1,2,3\n" * 10_000

        def large() -> Iterator[bytes]:
            yield b"a,b,c\n"
            for _ in range(10):
                yield rows

        content = describe_content(large(), "a.csv")
        self.assertEqual((content.size, content.details["rows"]), (600_006, 100_000))
