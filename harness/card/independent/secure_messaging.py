"""Secure messaging of the 券面事項入力補助AP (card-facts section 6.5): AES-128-CBC under a key the
terminal draws, an IV of the enciphered counter, no MAC."""

from os import urandom

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from apdu import EXTENDED_MOST, Response
from card import OK, Card
from expect import expect, status
from tlv import read_fields

SECURE, CRYPTOGRAM, LENGTH = 0x08, 0x86, b"\x96\x03"
PADDED = b"\x01"
SEED = bytes.fromhex("A0228020")
BLOCK = 16


def set_session_key(card: Card, key: RSAPublicKey, content: bytes) -> Response:
    """SET SESSION KEY with any content; a session's is SEED and 32 bytes."""
    digest = hashes.SHA256()
    oaep = padding.OAEP(padding.MGF1(digest), digest, None)
    return card.send(0x80, 0xAE, 0x00, 0x00, key.encrypt(content, oaep), extended=True)


class Session:
    """One session. `counter` is the number of the next command; refused ones count too."""

    def __init__(self, card: Card, key: RSAPublicKey) -> None:
        self.counter = 1
        self._card = card
        seed = urandom(32)
        self._key = algorithms.AES(seed[:BLOCK])
        status(set_session_key(card, key, SEED + seed), OK, "SET SESSION KEY")

    def select(self, file: int) -> Response:
        return self.send(0xA4, 0x02, 0x0C, self.cryptogram(file.to_bytes(2, "big")))

    def verify(self, file: int, pin: str) -> Response:
        return self.send(0x20, 0x00, 0x80 | file, self.cryptogram(pin.encode("ascii")))

    def read(self, offset: int, length: int = 0) -> Response:
        """READ BINARY, deciphered; a length of 0 asks for the rest of the file."""
        cipher = self._cipher()
        wanted = LENGTH + length.to_bytes(3, "big")
        answer = self.send(0xB0, offset >> 8, offset & 0xFF, wanted, le=EXTENDED_MOST)
        return Response(_plain(answer.data, cipher), OK) if answer.sw == OK else answer

    def send(self, ins: int, p1: int, p2: int, data: bytes, **length) -> Response:
        self.counter += 1
        return self._card.send(SECURE, ins, p1, p2, data, **length)

    def cryptogram(self, plain: bytes) -> bytes:
        padded = plain + b"\x80"
        padded += bytes(-len(padded) % BLOCK)
        encryptor = self._cipher().encryptor()
        value = PADDED + encryptor.update(padded) + encryptor.finalize()
        return bytes([CRYPTOGRAM, len(value)]) + value

    def _cipher(self) -> Cipher:
        # One block by CBC from zero is one block by ECB.
        encryptor = Cipher(self._key, modes.ECB()).encryptor()
        iv = encryptor.update(self.counter.to_bytes(BLOCK, "big")) + encryptor.finalize()
        return Cipher(self._key, modes.CBC(iv))


def _plain(data: bytes, cipher: Cipher) -> bytes:
    (cryptogram,) = read_fields(data, [CRYPTOGRAM])
    expect(cryptogram.value[:1] == PADDED, "a cryptogram says that it is padded")
    expect(len(cryptogram.value) % BLOCK == 1, "a cryptogram has whole blocks")
    decryptor = cipher.decryptor()
    padded = decryptor.update(cryptogram.value[1:]) + decryptor.finalize()
    plain = padded.rstrip(b"\x00")
    expect(plain[-1:] == b"\x80", "the padding is 80 and zeros")
    return plain[:-1]
