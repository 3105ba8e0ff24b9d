"""The common and juki applications and what lies below all applications, card-facts 2.4 to 2.7."""

from card import COMMON, JPKI, JUKI, TEXT, VISUAL, expect, select_file, short
from keys import certified, certified_bare, expect_key_id
from tlv import children, read_file

CARD_MANAGER = "A0000001510000"


def read_record(card, given):
    """Simple-TLV record 1: 01 1C, 28 digits (card-facts 5.7)."""
    card.select(COMMON)
    by_name = card.ask(bytes.fromhex("00B2010C00"), "READ RECORD by short identifier")
    card.select_file(0x0001)
    current = card.ask(bytes.fromhex("00B2010400"), "READ RECORD of the current file")
    expect(by_name == current, "both forms of READ RECORD differ")
    expect(by_name[:2].hex() == "011c", f"the record starts {by_name[:2].hex()}")
    expect(len(by_name) == 30, f"{len(by_name)} bytes")
    expect(by_name[2:].isdigit(), "the card id is not all digits")
    card.refuse(bytes.fromhex("00B2020400"), "record 2", 0x6A83)
    card.refuse_read(0x0001, 0x6981)
    number, municipality, expiry = by_name[2:17], by_name[17:22], by_name[22:30]
    expect(len(number) == 15, "the serial number is not 15 digits")
    expect(municipality == municipality_on_face(card), "another municipality than in visual AP")
    expect(expiry == expiry_on_face(card, given), "another expiry than in visual AP")
    return "01 1C and 28 digits"


def municipality_on_face(card):
    card.select(VISUAL)
    tags = (0xDF31, 0xDF32, 0xDF33, 0xDF34, 0xDF35)
    return children(read_file(card.read(0x0003), 0xFF30).value, *tags)[3].value


def expiry_on_face(card, given):
    card.select(VISUAL)
    card.verify(0x0013, given.code_a)
    tags = range(0xDF21, 0xDF2B)
    return children(read_file(card.read(0x0002), 0xFF20).value, *tags)[8].value


def key_references(card, given):
    """EF 0002 of the common and the juki application are the same sixteen bytes."""
    card.select(COMMON)
    common = card.ask(bytes.fromhex("00B2011400"), "READ RECORD of common EF 0002")
    card.select(JUKI)
    juki = card.ask(bytes.fromhex("00B2011400"), "READ RECORD of juki EF 0002")
    expect(common == juki, "the two differ")
    expect_key_id(common[-16:], "EF 0002")
    return f"{len(common)} bytes each"


def internal_authenticate(card, given):
    """Deterministic, for anybody, in the common application only (card-facts 6.2)."""
    card.select(COMMON)
    answers = [internal(card, challenge) for challenge in (b"a" * 16, b"a" * 16, b"b", b"c" * 255)]
    expect({len(answer) for answer in answers} == {256}, "an answer is not 256 bytes long")
    expect(answers[0] == answers[1], "the same challenge was answered in two ways")
    expect(len(set(answers)) == 3, "different challenges were answered alike")
    card.select(JPKI)
    card.select_file(0x0017)
    card.refuse(internal_command(b"a" * 16, 0x80), "with a PIN-guarded key", 0x6982)
    for aid, file in ((TEXT, 0x0013), (VISUAL, 0x001A)):
        card.select(aid)
        card.select_file(file)
        card.refuse(internal_command(b"a" * 16, 0x80), "with a 券面 signing key", 0x6985)
    return "256 bytes, deterministic"


def internal_command(challenge, p2):
    return short(0x00, 0x88, 0x00, p2, challenge, le=256)


def internal(card, challenge):
    return card.ask(internal_command(challenge, 0x99), "00 88 00 99")


def get_challenge(card, given):
    """At power-on and in every application; 256 bytes at most."""
    nonces = {challenge(card, 16)}
    for aid in (JPKI, TEXT, VISUAL, JUKI, COMMON):
        card.select(aid)
        nonces.add(challenge(card, 16))
    expect(len(nonces) == 6, "a challenge came twice")
    expect(len(challenge(card, 256)) == 256, "not 256 bytes")
    expect(len(card.ask(bytes.fromhex("00840000000100"), "extended Le 0100")) == 256, "not 256")
    card.refuse(bytes.fromhex("00840000000101"), "extended Le 0101", 0x6985)
    card.refuse(bytes.fromhex("0084010010"), "P1 01", 0x6A86)
    return "fresh every time"


def challenge(card, length):
    nonce = card.ask(short(0x00, 0x84, 0x00, 0x00, le=length), "GET CHALLENGE")
    expect(len(nonce) == length, f"{len(nonce)} bytes, not {length}")
    return nonce


def data_objects(card, given):
    """GET DATA at power-on and with the card manager selected (card-facts 2.7)."""
    at_power_on = {tag: data_object(card, tag) for tag in (0x42, 0x45, 0x66, 0xF0, 0xF2, 0xF7)}
    card.select(JPKI)
    card.select(CARD_MANAGER)
    for tag, content in at_power_on.items():
        expect(data_object(card, tag) == content, f"{tag:04X} differs after SELECT")
    expect_key_id(at_power_on[0x42], "0042")
    expect_key_id(at_power_on[0xF7], "00F7")
    expect(at_power_on[0x45].isascii(), "0045 is not ASCII")
    expect(len(at_power_on[0xF0]) == 5 and at_power_on[0xF0].isdigit(), "00F0 is not 5 digits")
    expect(len(at_power_on[0xF2]) == 8 and at_power_on[0xF2].isdigit(), "00F2 is not 8 digits")
    card.refuse(bytes.fromhex("00CA00FE00"), "an absent object", 0x6A88, 0x6A82)
    return "six objects"


def chain(card, given):
    """00F8 is issued by the master CA for the key of 00F7, and 7F21 by that key.

    UNVERIFIED: the facts name the three objects; how they hang together is read from their names.
    """
    card.refuse(bytes.fromhex("00CA00F800"), "00F8 with short Le", 0x6700)
    upper = certified_bare(data_object(card, 0xF8), given.master_ca, "00F8")
    expect(upper.key_id == data_object(card, 0xF7), "00F8 certifies another key than 00F7")
    lower = card.ask(bytes.fromhex("00CA7F21000000"), "GET DATA 7F21")
    certified(lower, upper, "7F21")
    return "two certificates"


def data_object(card, tag):
    return card.ask(short(0x00, 0xCA, tag >> 8, tag & 0xFF) + bytes(3), f"GET DATA {tag:04X}")


def contact_atr(card, given):
    """GET DATA 5F51: the contact ATR without TS, with an application selected or without."""
    content, status = card.send(bytes.fromhex("00CA5F5100"))
    if status != 0x9000:
        card.select(JPKI)
        content = card.ask(bytes.fromhex("00CA5F5100"), "GET DATA 5F51")
    expect(tck(content) == 0, "TCK is wrong")
    return f"3B {content.hex(' ').upper()}"


def tck(without_ts):
    """T0 to TCK give zero under exclusive or (ISO/IEC 7816-3)."""
    check = 0
    for byte in without_ts:
        check ^= byte
    return check


def terminal_certificate(card, given):
    """80 A2 refuses garbage with 6700 and other parameters with 6A86 (card-facts 6.3)."""
    card.select(JPKI)
    card.ask(select_file(0x0016), "SELECT EF 0016")
    card.refuse(short(0x80, 0xA2, 0x06, 0xC1, b"\0" * 16), "garbage", 0x6700)
    card.refuse(short(0x80, 0xA2, 0x00, 0xAE, b"\0" * 16), "P1 P2 00AE", 0x6A86)
    return "6700, 6A86"
