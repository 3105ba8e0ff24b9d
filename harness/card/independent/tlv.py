"""BER-TLV as the card's files use it (ISO/IEC 8825-1 clause 8.1; card-facts section 5)."""

from dataclasses import dataclass

from expect import expect


@dataclass(frozen=True)
class Tlv:
    """One object, and where in the bytes it was read from it starts (`at`)."""

    tag: int
    value: bytes
    raw: bytes
    at: int

    @property
    def value_at(self) -> int:
        return self.at + len(self.raw) - len(self.value)


def read_tlv(data: bytes, at: int = 0) -> Tlv:
    """The object that starts at `at`."""
    tag_end = _tag_end(data, at)
    length, value_at = _length(data, tag_end)
    end = value_at + length
    expect(end <= len(data), "a TLV ends inside what holds it")
    return Tlv(int.from_bytes(data[at:tag_end], "big"), data[value_at:end], data[at:end], at)


def read_all(data: bytes, at: int = 0) -> list[Tlv]:
    """Objects one behind the other up to the end."""
    found = []
    while at < len(data):
        found.append(read_tlv(data, at))
        at += len(found[-1].raw)
    return found


def read_fields(data: bytes, tags: list[int], at: int = 0) -> list[Tlv]:
    """Exactly the objects with `tags`, in this order, and nothing else."""
    fields = read_all(data, at)
    expect([field.tag for field in fields] == tags, "a record has its fields in their order")
    return fields


def read_file(file: bytes, tag: int, tags: list[int]) -> list[Tlv]:
    """The fields of a file: one outer object, behind it filler. `at` counts from its start."""
    outer = read_tlv(file)
    expect(outer.tag == tag, f"the file holds the object {tag:X}")
    expect(is_filler(file[len(outer.raw) :]), "behind the object is filler")
    return read_fields(file[: len(outer.raw)], tags, outer.value_at)


def is_filler(rest: bytes) -> bool:
    """What a file has behind its content: all FF, or all 00."""
    return rest.strip(b"\xff") == b"" or rest.strip(b"\x00") == b""


def _tag_end(data: bytes, at: int) -> int:
    expect(at < len(data), "a TLV has a tag")
    end = at + 1
    if data[at] & 0x1F == 0x1F:
        while end < len(data) and data[end] & 0x80:
            end += 1
        end += 1
    expect(end < len(data), "a TLV has a length")
    return end


def _length(data: bytes, at: int) -> tuple[int, int]:
    """The length coded at `at`: one byte below 128, else 82 and two bytes, never 81."""
    if data[at] < 0x80:
        return data[at], at + 1
    expect(data[at] == 0x82 and at + 3 <= len(data), "a length is one byte or 82 and two bytes")
    length = int.from_bytes(data[at + 1 : at + 3], "big")
    expect(length >= 0x80, "a length below 128 is one byte")
    return length, at + 3
