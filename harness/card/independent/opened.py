"""Applications with their door open: selected, and what opens the most of them presented."""

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from card import Card
from given import Given
from keys import read_key
from names import TEXT, VISUAL, Text, Visual
from tlv import read_fields


def open_text(card: Card, given: Given) -> None:
    """By the PIN, which opens every file (card-facts section 2.2)."""
    card.select_application(TEXT)
    card.present(Text.PIN, given.pins["text"])


def open_face(card: Card, given: Given) -> None:
    """By 照合番号B (section 2.3)."""
    card.select_application(VISUAL)
    card.present(Visual.CODE_B, given.code_b)


def open_visual(card: Card, given: Given) -> None:
    """By 照合番号A and the date of birth, which together open every file."""
    card.select_application(VISUAL)
    card.present(Visual.BIRTH_KEY, given.birth_key)
    card.present(Visual.CODE_A, given.code_a)


def session_key(card: Card) -> RSAPublicKey:
    """The key to send session keys by (section 5.3); the text application has to be open."""
    (key,) = read_fields(card.content(Text.SESSION_KEY), [0xA1])
    return read_key(key.value)
