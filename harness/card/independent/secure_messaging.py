"""Secure messaging of the text application (card-facts 6.5)."""

import os

from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256

from card import expect, extended
from tlv import read_tlv

BLOCK = 16


def set_session_key(card_key, content):
    """80 AE 00 00 with RSA-OAEP, SHA-256 for both hashes, under the key of EF 0006."""
    oaep = padding.OAEP(padding.MGF1(SHA256()), SHA256(), None)
    return extended(0x80, 0xAE, 0x00, 0x00, card_key.encrypt(content, oaep))


class Session:
    def __init__(self, card, card_key):
        """The PIN has to be verified already."""
        seed = os.urandom(32)
        card.ask(set_session_key(card_key, bytes.fromhex("A0228020") + seed), "80 AE 00 00")
        self._card = card
        self._key = seed[:BLOCK]
        self.counter = 0

    def select_file(self, file):
        command = self._enciphered(0xA4, 0x02, 0x0C, file.to_bytes(2, "big"))
        self._card.ask(command, f"08 A4 {file:04X}")

    def verify(self, p2, pin):
        self._card.ask(self._enciphered(0x20, 0x00, p2, pin.encode("ascii")), "08 20")

    def read(self, offset=0, length=0):
        """READ BINARY in the current file; length 0 is all the rest."""
        response = self._card.ask(self.read_command(offset, length), "08 B0")
        return self.open(response)

    def read_command(self, offset, length):
        """Counts as sent."""
        self.counter += 1
        wanted = bytes.fromhex("960300") + length.to_bytes(2, "big")
        return extended(0x08, 0xB0, offset >> 8, offset & 0xFF, wanted, le=0)

    def open(self, response):
        """Deciphers the answer to the latest command."""
        outer, rest = read_tlv(response)
        expect(outer.tag == 0x86 and rest == b"", f"an answer of {outer.tag:X}, {len(rest)} behind")
        expect(outer.value[:1] == b"\1", "the padding indicator is not 01")
        padded = self._cipher().decryptor().update(outer.value[1:])
        content, marker, zeros = padded.rpartition(b"\x80")
        expect(marker != b"" and set(zeros) <= {0} and len(zeros) < BLOCK, "no 80 00 .. padding")
        return content

    def _enciphered(self, ins, p1, p2, content):
        self.counter += 1
        padded = content + b"\x80"
        padded += bytes(-len(padded) % BLOCK)
        value = b"\1" + self._cipher().encryptor().update(padded)
        return bytes([0x08, ins, p1, p2, 2 + len(value), 0x86, len(value)]) + value

    def _cipher(self):
        """AES-CBC whose IV is the counter, enciphered under the same key with an IV of zero."""
        aes = algorithms.AES(self._key)
        counter = self.counter.to_bytes(BLOCK, "big")
        iv = Cipher(aes, modes.CBC(bytes(BLOCK))).encryptor().update(counter)
        return Cipher(aes, modes.CBC(iv))
