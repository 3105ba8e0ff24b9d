"""BER-TLV as the applications of the card write it (card-facts section 5)."""

from dataclasses import dataclass

from card import expect


@dataclass(frozen=True)
class Tlv:
    tag: int
    value: bytes
    raw: bytes
    """Tag, length and value as stored: what digests and signatures cover."""

    @property
    def header(self):
        return self.raw[: len(self.raw) - len(self.value)]


def read_tlv(data):
    """The object at the start of `data`, and what follows it."""
    expect(len(data) > 0, "an object is missing")
    tag_length = 2 if data[0] & 0x1F == 0x1F else 1
    tag = int.from_bytes(data[:tag_length], "big")
    first = data[tag_length]
    size = first & 0x7F if first >= 0x80 else 0
    start = tag_length + 1 + size
    length = int.from_bytes(data[tag_length + 1 : start], "big") if size else first
    end = start + length
    expect(end <= len(data), f"{tag:X} is longer than what holds it")
    return Tlv(tag, data[start:end], data[:end]), data[end:]


def read_file(content, tag):
    """The one object of a file; behind it there may be filler only."""
    outer, rest = read_tlv(content)
    expect(outer.tag == tag, f"the file starts with {outer.tag:X}, not {tag:X}")
    expect(set(rest) <= {0xFF}, f"{len(rest)} bytes behind {tag:X} are no filler")
    return outer


def children(value, *tags):
    """The objects of a value, which have to be exactly these, in this order."""
    found = []
    while value:
        child, value = read_tlv(value)
        found.append(child)
    present = " ".join(f"{child.tag:X}" for child in found)
    expect([child.tag for child in found] == list(tags), f"objects are: {present}")
    return found


def expect_observed_lengths(tlv):
    """One byte below 128, otherwise 82 and two bytes, even where 81 would do."""
    tag_length = 2 if tlv.tag > 0xFF else 1
    written = tlv.header[tag_length:]
    length = len(tlv.value)
    wanted = bytes([length]) if length < 128 else b"\x82" + length.to_bytes(2, "big")
    expect(written == wanted, f"the length of {tlv.tag:X} is written {written.hex()}")
