"""Names of applications and files of the card (card-facts sections 1 and 2)."""

JPKI = bytes.fromhex("D392F000260100000001")
TEXT = bytes.fromhex("D3921000310001010408")
VISUAL = bytes.fromhex("D3921000310001010402")
JUKI = bytes.fromhex("D3921000310001010401")
COMMON = bytes.fromhex("D3921000310001010100")
# As a client selects it: seven bytes, a prefix of the full name.
CARD_MANAGER = bytes.fromhex("A0000001510000")


class Jpki:
    """Files of the 公的個人認証AP (section 2.1)."""

    SIGN_CERTIFICATE = 0x0001
    SIGN_CA = 0x0002
    TOKEN = 0x0006
    AVAILABILITY = 0x0008
    LOCKED = 0x0009
    AUTH_CERTIFICATE = 0x000A
    AUTH_CA = 0x000B
    TERMINAL_CA = 0x0016
    AUTH_KEY = 0x0017
    AUTH_PIN = 0x0018
    SIGN_KEY = 0x001A
    SIGN_PIN = 0x001B
    UNKNOWN = 0x001E


class Text:
    """Files of the 券面事項入力補助AP (section 2.2)."""

    NUMBER = 0x0001
    ATTRIBUTES = 0x0002
    INTEGRITY = 0x0003
    CV_CERTIFICATE = 0x0004
    INFORMATION = 0x0005
    SESSION_KEY = 0x0006
    SIGNED_KEY = 0x0007
    FILLER = 0x0008
    PIN = 0x0011
    BLOCKED = 0x0012
    KEY = 0x0013
    CODE_A = 0x0014
    CODE_B = 0x0015


class Visual:
    """Files of the 券面事項確認AP (section 2.3)."""

    AGE = 0x0001
    FACE = 0x0002
    INFORMATION = 0x0003
    CV_CERTIFICATE = 0x0004
    NUMBER_IMAGE = 0x0005
    FILLER = 0x0006
    BIRTH_KEY = 0x0011
    CODE_B = 0x0012
    CODE_A = 0x0013
    KEY = 0x001A


class Common:
    """Files of the 共通カードAP (section 2.5), and of the 住基AP where both have them (2.4)."""

    RECORD = 0x0001
    KEY_REFERENCE = 0x0002
    KEY = 0x0019
    PIN = 0x001C
