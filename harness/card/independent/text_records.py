"""The files of the 券面事項入力補助AP, read and verified (card-facts sections 5.1 to 5.3).

Pure functions over the bytes of files: what is refused here is refused wherever it came from.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from dates import is_date
from expect import Refuted, expect
from keys import read_key, verify_signature
from tlv import read_file, read_tlv


@dataclass(frozen=True)
class Attributes:
    """The 4情報, and the bytes of them that the integrity record covers."""

    name: str
    address: str
    birth: str
    sex: str
    covered: bytes


def read_number(file: bytes) -> str:
    """個人番号: seventeen bytes with a check digit."""
    expect(len(file) == 17, "個人番号 has 17 bytes")
    number = read_tlv(file)
    expect(number.tag == 0xFF10 and file[len(number.raw) :] == b"\xff\xff", "FF10, then FF FF")
    expect(re.fullmatch(rb"\d{12}", number.value) is not None, "個人番号 has 12 digits")
    digits = number.value.decode("ascii")
    expect(int(digits[11]) == check_digit(digits[:11]), "the check digit is right")
    return digits


def check_digit(eleven: str) -> int:
    weights = [*range(2, 8), *range(2, 7)]
    rest = sum(int(digit) * weight for digit, weight in zip(reversed(eleven), weights)) % 11
    return 0 if rest <= 1 else 11 - rest


def read_attributes(file: bytes) -> Attributes:
    table, *fields = read_file(file, 0xFF20, [0xDF21, 0xDF22, 0xDF23, 0xDF24, 0xDF25])
    check_offsets(table.value, fields)
    name, address, birth, sex = (_text(field.value) for field in fields)
    expect(is_date(birth), "the date of birth is a date")
    expect(sex in ("0", "1", "2", "9"), "the sex is coded by ISO/IEC 5218")
    return Attributes(name, address, birth, sex, b"".join(field.raw for field in fields))


def verify_integrity(record: bytes, number: bytes, attributes: bytes, signer: RSAPublicKey) -> None:
    """EF 0003 against EF 0001 and EF 0002."""
    of_number, of_attributes, signature = read_file(record, 0xFF30, [0xDF31, 0xDF32, 0xDF33])
    signed = of_number.raw + of_attributes.raw
    verify_signature(signer, signature.value, signed, "the integrity record")
    expect(of_number.value == sha256(number).digest(), "the digest of 個人番号 is right")
    covered = read_attributes(attributes).covered
    expect(of_attributes.value == sha256(covered).digest(), "the digest of the 4情報 is right")


def read_signed_key(file: bytes, signer: RSAPublicKey) -> RSAPublicKey:
    """EF 0007: the application's own key, once it is verified."""
    key, signature = read_file(file, 0xFF50, [0xDF51, 0xDF52])
    verify_signature(signer, signature.value, key.raw, "the application's key")
    return read_key(key.value)


def check_offsets(table: bytes, fields: list) -> None:
    """A table of big-endian positions, counted from the file's first byte."""
    positions = b"".join(field.at.to_bytes(2, "big") for field in fields)
    expect(table == positions, "the offset table points at the fields")


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refuted("text is UTF-8") from error
