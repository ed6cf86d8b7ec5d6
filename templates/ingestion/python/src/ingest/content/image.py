from typing import Any
from zlib import crc32

from ingest.content.byte_source import ByteSource
from lib.failure import Malformed


def describe_png(source: ByteSource) -> dict[str, Any]:
    """Every chunk is walked and its checksum compared, up to the end mark. https://www.w3.org/TR/png-3/"""
    if source.take(8, "PNG image") != b"\x89PNG\r\n\x1a\n":
        raise Malformed("The PNG image lacks its signature")
    size: dict[str, Any] | None = None
    while True:
        length = big_endian(source.take(4, "PNG image"))
        header = source.peek(12)
        chunk = header[:4]
        if chunk == b"IHDR" and len(header) == 12:
            size = dimensions(big_endian(header[4:8]), big_endian(header[8:12]))
        checksum = Checksum()
        source.skip(4 + length, "PNG image", checksum.update)
        if big_endian(source.take(4, "PNG image")) != checksum.value:
            name = chunk.decode("latin-1")
            raise Malformed(f"The PNG image is damaged: the checksum of its {name} chunk is wrong")
        if chunk != b"IEND":
            continue
        if size is None:
            raise Malformed("The PNG image has no header")
        return size


class Checksum:
    def __init__(self) -> None:
        self.value = 0

    def update(self, piece: bytes) -> None:
        self.value = crc32(piece, self.value)


def describe_jpeg(source: ByteSource) -> dict[str, Any]:
    """Segments are walked to the frame header, then the scans searched for the end mark. ITU T.81, annex B."""
    if source.take(2, "JPEG image") != b"\xff\xd8":
        raise Malformed("The JPEG image lacks its signature")
    while True:
        marker = next_marker(source)
        length = big_endian(source.take(2, "JPEG image"))
        # Scans and the end of the image must not come before the frame header.
        if length < 2 or marker in (0xDA, 0xD9):
            raise Malformed("The JPEG image is damaged: it has no frame header")
        if not is_frame_header(marker):
            source.skip(length - 2, "JPEG image")
            continue
        frame = source.take(5, "JPEG image")
        find_end_of_image(source)
        return dimensions(big_endian(frame[3:5]), big_endian(frame[1:3]))


def next_marker(source: ByteSource) -> int:
    """Any number of 0xFF may fill the space before a marker."""
    (byte,) = source.take(1, "JPEG image")
    if byte != 0xFF:
        raise Malformed("The JPEG image is damaged: a segment does not begin with a marker")
    while byte == 0xFF:
        (byte,) = source.take(1, "JPEG image")
    return byte


def is_frame_header(marker: int) -> bool:
    """0xC0 to 0xCF, less the three that are no frames."""
    return 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC)


def find_end_of_image(source: ByteSource) -> None:
    found = False
    last = b""
    for piece in source.rest():
        # The mark may be cut in two.
        found = found or b"\xff\xd9" in last + piece
        last = piece[-1:]
    if not found:
        raise Malformed("The JPEG image is truncated")


def describe_gif(source: ByteSource) -> dict[str, Any]:
    """https://www.w3.org/Graphics/GIF/spec-gif89a.txt: the file ends with its trailer."""
    head = source.take(10, "GIF image")
    if not head.startswith(b"GIF8"):
        raise Malformed("The GIF image lacks its signature")
    last = b""
    for piece in source.rest():
        last = piece[-1:]
    if last != b"\x3b":
        raise Malformed("The GIF image is truncated")
    return dimensions(little_endian(head[6:8]), little_endian(head[8:10]))


def describe_webp(source: ByteSource) -> dict[str, Any]:
    """https://developers.google.com/speed/webp/docs/riff_container: the header says how long the file is."""
    head = source.take(30, "WebP image")
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        raise Malformed("The WebP image lacks its signature")
    size = webp_dimensions(head)
    source.skip(max(0, 8 + little_endian(head[4:8]) - 30), "WebP image")
    return size


def webp_dimensions(head: bytes) -> dict[str, Any]:
    chunk = head[12:16]
    if chunk == b"VP8 ":
        return dimensions(little_endian(head[26:28]) & 0x3FFF, little_endian(head[28:30]) & 0x3FFF)
    if chunk == b"VP8L":
        bits = little_endian(head[21:25])
        return dimensions((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1)
    if chunk == b"VP8X":
        return dimensions(little_endian(head[24:27]) + 1, little_endian(head[27:30]) + 1)
    raise Malformed("The WebP image is damaged: its first chunk is none of VP8, VP8L and VP8X")


def dimensions(width: int, height: int) -> dict[str, Any]:
    return {"width": width, "height": height}


def big_endian(data: bytes) -> int:
    return int.from_bytes(data, "big")


def little_endian(data: bytes) -> int:
    return int.from_bytes(data, "little")
