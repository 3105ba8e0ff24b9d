"""The text application (券面事項入力補助AP), card-facts 2.2, 5.1 to 5.3 and 6.1."""

from card import TEXT, expect
from keys import (
    DIGEST_INFO,
    bare_key_object,
    certified,
    describe,
    digest,
    expect_key_id,
    expect_pss,
    expect_signature,
    key_reference,
)
from tlv import children, expect_observed_lengths, read_file

MY_NUMBER, ATTRIBUTES, INTEGRITY, CV_CERTIFICATE, INFORMATION = 1, 2, 3, 4, 5
SESSION_KEY, SIGNED_KEY, UNKNOWN = 6, 7, 8
PIN, CODE_A, CODE_B = 0x0011, 0x0014, 0x0015

MESSAGE = b"independent client"


def access(card, given):
    """Which secret opens which file, and that nothing else does."""
    secrets = {
        "nothing": (None, None, set()),
        "the PIN": (PIN, given.text_pin, {1, 2, 3, 6, 7}),
        "照合番号A": (CODE_A, given.code_a, {1, 3, 6, 7}),
        "照合番号B": (CODE_B, given.code_b, {2, 3, 6, 7}),
    }
    for name, (file, secret, opened) in secrets.items():
        card.power_cycle()
        card.select(TEXT)
        if secret is not None:
            card.verify(file, secret)
        for record in (1, 2, 3, 6, 7):
            if record in opened:
                card.read(record)
            else:
                card.refuse_read(record)
        for record in (CV_CERTIFICATE, INFORMATION):
            card.read(record)
        expect(card.tries(PIN) == 0x63C3, f"{name} changed the PIN's counter")
    return "nothing, PIN, A and B"


def my_number(card, given):
    card.select(TEXT)
    card.verify(PIN, given.text_pin)
    content = card.read(MY_NUMBER)
    expect(len(content) == 17, f"{len(content)} bytes")
    expect(content[15:] == b"\xff\xff", "it does not end FF FF")
    number = read_file(content, 0xFF10).value
    expect(len(number) == 12 and number.isdigit(), f"{len(number)} bytes, not 12 digits")
    expect(check_digit(number[:11]) == number[11] - 0x30, "the check digit is wrong")
    expect(number.decode("ascii") == given.code_a, "照合番号A is another number")
    return "12 digits, check digit correct"


def check_digit(digits):
    """From the right of eleven digits: weights 2 to 7, then 2 to 6 (card-facts 5.1)."""
    weighted = 0
    for n, digit in enumerate(reversed(digits), start=1):
        weighted += (digit - 0x30) * (n + 1 if n <= 6 else n - 5)
    rest = weighted % 11
    return 0 if rest <= 1 else 11 - rest


def attributes(card, given):
    card.select(TEXT)
    card.verify(CODE_B, given.code_b)
    content = card.read(ATTRIBUTES)
    outer = read_file(content, 0xFF20)
    expect_observed_lengths(outer)
    table, *fields = children(outer.value, 0xDF21, 0xDF22, 0xDF23, 0xDF24, 0xDF25)
    expect_offsets(content, table, fields)
    name, address, birth, sex = (field.value for field in fields)
    expect("\u3000" in name.decode("utf-8"), "the name has no U+3000")
    expect(len(address.decode("utf-8")) > 0, "the address is empty")
    expect(len(birth) == 8 and birth.isdigit(), "the birth date is not 8 digits")
    expect(sex in (b"0", b"1", b"2", b"9"), "the sex is none of 0, 1, 2, 9")
    expect(birth[4:].decode("ascii") == given.code_b[2:6], "照合番号B has another birthday")
    return "four attributes at their offsets"


def expect_offsets(content, table, fields):
    """Big-endian, two bytes each, from the start of the file (card-facts 5.2, 5.4)."""
    expect(len(table.value) == 2 * len(fields), f"an offset table of {len(table.value)} bytes")
    for place, field in enumerate(fields):
        offset = int.from_bytes(table.value[2 * place : 2 * place + 2], "big")
        found = content[offset : offset + len(field.raw)]
        expect(found == field.raw, f"{field.tag:X} is not at offset {offset}")


def integrity(card, given):
    """Both digests as they are computed from the files, under the municipality's signature."""
    municipality = text_municipality(card, given)
    card.verify(PIN, given.text_pin)
    content = card.read(INTEGRITY)
    expect(len(content) == 336, f"{len(content)} bytes")
    expect(content[:5].hex() == "ff3082014b", f"starts {content[:5].hex()}")
    record = read_file(content, 0xFF30).value
    number, four, signature = children(record, 0xDF31, 0xDF32, 0xDF33)
    expect(number.value == digest(card.read(MY_NUMBER)), "DF31 is another digest")
    fields = read_file(card.read(ATTRIBUTES), 0xFF20).value
    table = children(fields, 0xDF21, 0xDF22, 0xDF23, 0xDF24, 0xDF25)[0]
    expect(four.value == digest(fields[len(table.raw) :]), "DF32 is another digest")
    expect_observed_lengths(signature)
    expect_signature(municipality.key, signature.value, number.raw + four.raw, "DF33")
    return "two digests, one signature"


def text_municipality(card, given):
    card.select(TEXT)
    return certified(card.read(CV_CERTIFICATE), given.text_ca, "EF 0004")


def cv_certificate(card, given):
    text_municipality(card, given)
    return f"issued by {describe(given.text_ca.key_id)}"


def information(card, given):
    card.select(TEXT)
    content = card.read(INFORMATION)
    expect(len(content) == 164, f"{len(content)} bytes")
    expect(content[:5].hex() == "ff4082009f", f"starts {content[:5].hex()}")
    version, key_id, opaque = children(read_file(content, 0xFF40).value, 0xDF41, 0xDF42, 0xDF43)
    expect(len(version.value) == 4, f"DF41 of {len(version.value)} bytes")
    expect_key_id(key_id.value, "DF42")
    expect(key_id.value[1:7].endswith(b"000034"), "DF42 does not follow x000034")
    expect(opaque.header.hex() == "df43820080", f"DF43 starts {opaque.header.hex()}")
    expect(opaque.value[32:] == b"\xff" * 96, "DF43 does not end with 96 times FF")
    return f"version {version.value.hex()}"


def filler_file(card, given):
    card.select(TEXT)
    card.verify(PIN, given.text_pin)
    expect(card.read(UNKNOWN) == b"\xff" * 16, "EF 0008 is not sixteen FF")
    return "sixteen FF"


def ap_signature(card, given):
    """The application's own key, certified in EF 0007, signs for anybody (card-facts 6.1)."""
    municipality = text_municipality(card, given)
    card.verify(CODE_A, given.code_a)
    record = card.read(SIGNED_KEY)
    expect(len(record) == 536, f"EF 0007: {len(record)} bytes")
    certified_key, signature = children(read_file(record, 0xFF50).value, 0xDF51, 0xDF52)
    expect_signature(municipality.key, signature.value, certified_key.raw, "DF52")
    key = key_reference(certified_key.value)
    card.power_cycle()
    card.select(TEXT)
    expect_own_signatures(card, key)
    return "80 2A 00 00 and 80 2A 05 00 without PIN"


def expect_own_signatures(card, key):
    signature = card.sign(0x00, 0x00, DIGEST_INFO + digest(MESSAGE))
    expect_signature(key, signature, MESSAGE, "80 2A 00 00")
    expect_pss(key, card.sign(0x05, 0x00, MESSAGE), MESSAGE, "80 2A 05 00")


def session_key(card, given):
    card.select(TEXT)
    card.verify(PIN, given.text_pin)
    content = card.read(SESSION_KEY)
    expect(len(content) == 269, f"EF 0006: {len(content)} bytes")
    bare_key_object(content)
    return "269 bytes"
