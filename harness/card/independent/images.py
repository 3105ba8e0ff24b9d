"""The card's pictures (card-facts section 5.4): PNG of one bit (ISO/IEC 15948) and JPEG 2000
greyscale (ISO/IEC 15444-1 annex I). What is asked of them is that a viewer could open them.
"""

from zlib import crc32, decompressobj, error

from expect import Refuted, expect

PNG = bytes.fromhex("89504E470D0A1A0A")
JP2 = bytes.fromhex("0000000C6A5020200D0A870A")
CODESTREAM = bytes.fromhex("FF4FFF51")


def check_png(image: bytes) -> None:
    """Chunks, their check values, and as many pixels as the header promises."""
    expect(image.startswith(PNG) and len(image) > len(PNG), "a PNG begins with its signature")
    chunks = _png_chunks(image)
    (first, header), last = chunks[0], chunks[-1]
    expect(first == b"IHDR" and len(header) == 13, "a PNG has its header first")
    expect(last == (b"IEND", b""), "a PNG ends with IEND")
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    # One bit deep (1), grey or by palette (0 or 3), not interlaced.
    expect(header[8] == 1 and header[9] in (0, 3) and header[12] == 0, "a PNG of one bit")
    packed = b"".join(data for kind, data in chunks if kind == b"IDAT")
    expect(len(_inflated(packed)) == height * (1 + (width + 7) // 8) > 0, "a PNG has its pixels")


def check_jpeg2000(image: bytes) -> None:
    """The boxes of a JP2 file, one component, and a code stream behind them."""
    expect(image.startswith(JP2), "a JP2 begins with its signature")
    boxes = _jp2_boxes(image)
    expect([kind for kind, _ in boxes][:2] == [b"jP  ", b"ftyp"], "signature, then file type")
    headers = dict(_jp2_boxes(dict(boxes).get(b"jp2h", b"")))
    header = headers.get(b"ihdr", b"")
    expect(len(header) == 14 and header[8:10] == b"\x00\x01", "a JP2 of one component")
    expect(dict(boxes).get(b"jp2c", b"").startswith(CODESTREAM), "a JP2 has a code stream")


def _png_chunks(image: bytes) -> list[tuple[bytes, bytes]]:
    chunks, at = [], len(PNG)
    while at < len(image):
        length = int.from_bytes(image[at : at + 4], "big")
        kind_and_data = image[at + 4 : at + 8 + length]
        check = image[at + 8 + length : at + 12 + length]
        expect(crc32(kind_and_data).to_bytes(4, "big") == check, "a PNG chunk has its check value")
        chunks.append((kind_and_data[:4], kind_and_data[4:]))
        at += 12 + length
    return chunks


def _inflated(packed: bytes) -> bytes:
    try:
        return decompressobj().decompress(packed)
    except error as cause:
        raise Refuted("a PNG's pixels are compressed by deflate") from cause


def _jp2_boxes(data: bytes) -> list[tuple[bytes, bytes]]:
    boxes, at = [], 0
    while at < len(data):
        # The last box may say 0: up to the end.
        length = int.from_bytes(data[at : at + 4], "big") or len(data) - at
        expect(8 <= length <= len(data) - at, "a JP2 box ends inside the file")
        boxes.append((data[at + 4 : at + 8], data[at + 8 : at + length]))
        at += length
    return boxes
