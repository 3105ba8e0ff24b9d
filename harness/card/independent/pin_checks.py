"""Retry counters of every secret of the card, card-facts section 3."""

from card import COMMON, JPKI, JUKI, TEXT, VISUAL, expect, extended, short, verify

CHANGE_REFERENCE_DATA = (0x00, 0x24, 0x01, 0x80)
CHANGE_KEY = (0x80, 0x32, 0x00, 0x80)

COUNTERS = (
    ("利用者証明用", JPKI, 0x0018, 0x63C3),
    ("署名用", JPKI, 0x001B, 0x63C5),
    ("券面事項入力補助用", TEXT, 0x0011, 0x63C3),
    ("blocked from the start", TEXT, 0x0012, 0x63C0),
    ("照合番号A, text", TEXT, 0x0014, 0x63CA),
    ("照合番号B, text", TEXT, 0x0015, 0x63CA),
    ("照合番号B, visual", VISUAL, 0x0012, 0x63CA),
    ("照合番号A, visual", VISUAL, 0x0013, 0x63CA),
    ("住民基本台帳用", JUKI, 0x001C, 0x63C3),
    ("共通カードAP", COMMON, 0x001C, 0x63C3),
)


def retry_queries(card, given):
    for name, aid, file, wanted in COUNTERS:
        card.select(aid)
        status = card.tries(file)
        expect(status == wanted, f"{name}: {status:04X}, not {wanted:04X}")
    return f"{len(COUNTERS)} secrets"


def wrong_pin(card, given):
    """A wrong PIN costs one try, the right one gives it back; asking costs nothing."""
    card.select(TEXT)
    card.select_file(0x0011)
    wrong = given.text_pin[::-1] if given.text_pin[::-1] != given.text_pin else "0000"
    card.refuse(verify(wrong), "the wrong PIN", 0x63C2)
    expect(card.tries(0x0011) == 0x63C2, "the query after a wrong PIN is not 63C2")
    card.verify(0x0011, given.text_pin)
    expect(card.tries(0x0011) == 0x63C3, "the query after the right PIN is not 63C3")
    card.select_file(0x0012)
    card.refuse(verify("0000"), "a blocked key", 0x6984)
    return "63C2, then 63C3"


def change(card, given):
    """Trace T9: the new PIN alone, after VERIFY of the old one; another command in two of them."""
    changeable = (
        (JPKI, 0x0018, given.auth_pin, "5678", CHANGE_REFERENCE_DATA),
        (JPKI, 0x001B, given.sign_pin, "CHANGED9", CHANGE_REFERENCE_DATA),
        (TEXT, 0x0011, given.text_pin, "5678", CHANGE_REFERENCE_DATA),
        (COMMON, 0x001C, given.juki_pin, "5678", CHANGE_KEY),
        (JUKI, 0x001C, given.juki_pin, "5678", CHANGE_KEY),
    )
    for aid, file, old, new, command in changeable:
        card.power_cycle()
        card.select(aid)
        card.select_file(file)
        card.refuse(short(*command, new.encode("ascii")), "a change without VERIFY", 0x6982)
        for before, after in ((old, new), (new, old)):
            card.verify(file, before)
            card.ask(short(*command, after.encode("ascii")), f"change of {file:04X}")
    return f"{len(changeable)} PINs, there and back"


def encodings(card, given):
    """The same VERIFY as various clients write it (card-facts 1.2, 4.3)."""
    card.select(JPKI)
    card.select_file(0x0018)
    card.refuse(bytes.fromhex("0020008000"), "the retry query of five bytes", 0x63C3)
    pin = given.auth_pin.encode("ascii")
    card.ask(extended(0x00, 0x20, 0x00, 0x80, pin), "VERIFY with extended Lc")
    return "query of five bytes, extended Lc"
