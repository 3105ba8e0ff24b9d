"""内部認証 of the 券面 applications: a nonce signed without any PIN by the key that the signed record
names (card-facts sections 4.1, 6.1)."""

from hashlib import sha256
from os import urandom

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from card import OK, Card
from checks import check
from expect import expect, same
from given import Given
from keys import SHA256_INFO, digest_info, verify_pss, verify_signature, verify_signed
from names import JPKI, TEXT, VISUAL, Text, Visual
from opened import open_face, open_text
from signers import text_signer, visual_signer
from text_records import read_signed_key
from visual_records import read_face

DEFAULT_KEY = 0x00


@check("text: signature of the application")
def text_signature(card: Card, given: Given) -> None:
    open_text(card, given)
    key = read_signed_key(card.content(Text.SIGNED_KEY), text_signer(card, given))
    _proves_itself(card, TEXT, Text.KEY, key)


@check("visual: signature of the application")
def visual_signature(card: Card, given: Given) -> None:
    open_face(card, given)
    key = read_face(card.content(Visual.FACE), visual_signer(card, given)).key
    _proves_itself(card, VISUAL, Visual.KEY, key)


def _proves_itself(card: Card, application: bytes, file: int, key: RSAPublicKey) -> None:
    card.reader.power_cycle()
    card.select_application(application)
    nonce = urandom(32)
    padded = card.signature(0x00, DEFAULT_KEY, digest_info(nonce))
    verify_signature(key, padded, nonce, "the nonce")
    verify_signed(key, card.signature(0x00, DEFAULT_KEY, nonce), nonce, "the bare nonce")
    verify_pss(key, card.signature(0x05, DEFAULT_KEY, nonce), nonce, "the nonce by PSS")
    hashed = card.signature(0x04, DEFAULT_KEY, sha256(nonce).digest())
    verify_pss(key, hashed, nonce, "the hashed nonce by PSS")
    # The same key by its name.
    expect(card.signature(0x03, 0x80 | file, nonce) == padded, "001A and 0013 are the default keys")
    card.select(file)
    expect(card.signature(0x02, 0x80, sha256(nonce).digest()) == padded, "so they are as current")


@check("jpki: no signature without naming a key")
def no_default_key(card: Card, given: Given) -> None:
    card.select_application(JPKI)
    response = card.sign(0x00, DEFAULT_KEY, SHA256_INFO + bytes(32))
    expect(response.sw != OK and response.data == b"", "the JPKI application has no default key")
    same(card.sign(0x00, 0x97, SHA256_INFO + bytes(32)).sw, 0x6982, "its key before the PIN")
