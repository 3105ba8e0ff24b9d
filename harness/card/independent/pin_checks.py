"""Retry counters of every secret of the card, card-facts section 3."""

from card import COMMON, JPKI, JUKI, TEXT, VISUAL, expect, verify

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
