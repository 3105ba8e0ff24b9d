"""The 公的個人認証AP: files, reading, signing and rights (card-facts sections 2.1, 4.1, 4.2, 5.6)."""

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from card import OFFSET, OK, SECURITY, Card
from certificates import read_certificate
from checks import check
from expect import expect, same, status
from given import Given
from keys import SIZE, digest_info, verify_pss, verify_signature, verify_signed
from names import JPKI, TEXT, Jpki

MESSAGE = b"what an independent client lets a card sign"
IN_CURRENT_FILE = 0x80
WRONG_LENGTH = (0x6985, 0x6700)


@check("jpki: token information")
def token(card: Card, given: Given) -> None:
    card.select_application(JPKI)
    token = card.content(Jpki.TOKEN)
    expect(len(token) == 160, "the token information has 160 bytes")
    expect(token[:32] == b"JPKIAPICCTOKEN2".ljust(32), "the label is the plastic card's")
    expect(token[80:96].isdigit(), "the serial number is sixteen digits")
    expect(token[96:100] == bytes.fromhex("0000040D"), "the flags are 40D")
    numbers = [int.from_bytes(token[at : at + 4], "big") for at in range(100, 140, 4)]
    expect(numbers == [1, 0, 1, 0, 16, 6] + 4 * [0xFFFFFFFF], "sessions, PIN lengths, memory")
    expect(token[140:] == b"0301" + 16 * b"9", "versions and the time")


@check("jpki: availability")
def availability(card: Card, given: Given) -> None:
    card.select_application(JPKI)
    expect(card.content(Jpki.AVAILABILITY) == b"\x8f\x8f\x00", "both certificates are there")


@check("jpki: ways of reading")
def ways_of_reading(card: Card, given: Given) -> None:
    card.select_application(JPKI)
    content = card.content(Jpki.AUTH_CERTIFICATE)
    size = len(content)
    same(card.read(size).sw, OFFSET, "a read at the end")
    same(card.read(size + 1).sw, OFFSET, "a read behind the end")
    expect(card.read(size - 3, 10).data == content[-3:], "a read ends with the file")
    expect(card.read(5, 7).data == content[5:12], "a read has the length asked for")
    whole = card.read(0, 0x10000, extended=True)
    expect(status(whole, OK, "an extended read").data == content, "one extended read has it all")
    by_name = card.send(0x00, 0xB0, 0x80 | Jpki.AUTH_CA, 0, le=256)
    status(by_name, OK, "a read by short name")
    expect(card.read(0).data == by_name.data != content[:256], "a short name selects the file")
    part = card.send(0x00, 0xB0, 0x80 | Jpki.AUTH_CERTIFICATE, 0x05, le=7)
    expect(part.data == content[5:12], "beside a short name stands an offset")


@check("jpki: files that are not read")
def unreadable(card: Card, given: Given) -> None:
    card.select_application(JPKI)
    keys = (Jpki.AUTH_KEY, Jpki.AUTH_PIN, Jpki.SIGN_KEY, Jpki.SIGN_PIN, Jpki.UNKNOWN)
    for file in keys:
        same(card.access(file), 0x6981, f"a read of {file:04X}")
    same(card.access(Jpki.SIGN_CERTIFICATE), SECURITY, "署名用電子証明書 before its password")
    card.present(Jpki.AUTH_PIN, given.pins["auth"])
    same(card.access(Jpki.SIGN_CERTIFICATE), SECURITY, "署名用電子証明書 after the other PIN")
    card.present(Jpki.SIGN_PIN, given.pins["sign"])
    same(card.access(Jpki.SIGN_CERTIFICATE), OK, "署名用電子証明書 after its password")
    expect(card.access(Jpki.LOCKED) != OK, "EF 0009 stays closed")


@check("jpki: signatures")
def signatures(card: Card, given: Given) -> None:
    card.select_application(JPKI)
    card.present(Jpki.AUTH_PIN, given.pins["auth"])
    card.present(Jpki.SIGN_PIN, given.pins["sign"])
    pairs = ((Jpki.AUTH_CERTIFICATE, Jpki.AUTH_KEY), (Jpki.SIGN_CERTIFICATE, Jpki.SIGN_KEY))
    for certificate, key in pairs:
        public = read_certificate(card.content(certificate)).public_key()
        card.select(key)
        _every_kind(card, IN_CURRENT_FILE, public)
        _every_kind(card, IN_CURRENT_FILE | key, public)


def _every_kind(card: Card, p2: int, key: RSAPublicKey) -> None:
    """The table of P1 in section 4.1."""
    digest = sha256(MESSAGE).digest()
    padded = card.signature(0x00, p2, digest_info(MESSAGE))
    verify_signature(key, padded, MESSAGE, "kind 00")
    expect(padded == card.signature(0x02, p2, digest), "kind 02 adds the DigestInfo")
    expect(padded == card.signature(0x03, p2, MESSAGE), "kind 03 hashes too")
    verify_signed(key, card.signature(0x01, p2, MESSAGE), digest, "kind 01")
    for p1, data in ((0x04, digest), (0x05, MESSAGE)):
        first, second = (card.signature(p1, p2, data) for _ in range(2))
        verify_pss(key, first, MESSAGE, f"kind {p1:02X}")
        verify_pss(key, second, MESSAGE, f"kind {p1:02X} again")
        expect(first != second, "a PSS salt is drawn anew")


@check("jpki: limits of signing")
def limits(card: Card, given: Given) -> None:
    card.select_application(JPKI)
    p2 = 0x80 | Jpki.AUTH_KEY
    same(card.sign(0x00, p2, MESSAGE).sw, SECURITY, "signing before the PIN")
    card.present(Jpki.AUTH_PIN, given.pins["auth"])
    same(card.sign(0x00, 0x80 | Jpki.SIGN_KEY, MESSAGE).sw, SECURITY, "the other key")
    same(card.sign(0x06, p2, MESSAGE).sw, 0x6A86, "an unknown kind")
    expect(card.sign(0x00, p2, bytes(246)).sw in WRONG_LENGTH, "246 bytes are too many for kind 00")
    expect(len(card.signature(0x00, p2, bytes(245))) == SIZE, "245 bytes are not")
    for p1 in (0x02, 0x04):
        expect(card.sign(p1, p2, bytes(31)).sw in WRONG_LENGTH, "31 bytes are no SHA-256")


@check("jpki: lifetime of rights")
def rights(card: Card, given: Given) -> None:
    """Section 3, security status."""
    card.select_application(JPKI)
    card.present(Jpki.AUTH_PIN, given.pins["auth"])
    card.select_application(JPKI)
    same(_use(card), OK, "the key after its own application was selected again")
    card.reader.reset()
    card.select_application(JPKI)
    same(_use(card), OK, "the key after a reset")
    card.select_application(TEXT)
    card.select_application(JPKI)
    same(_use(card), SECURITY, "the key after another application was selected")
    card.present(Jpki.AUTH_PIN, given.pins["auth"])
    card.reader.power_cycle()
    card.select_application(JPKI)
    same(_use(card), SECURITY, "the key after the power was away")


def _use(card: Card) -> int:
    return card.sign(0x03, 0x80 | Jpki.AUTH_KEY, MESSAGE).sw
