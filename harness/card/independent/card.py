"""A card in a PC/SC reader: the commands of card-facts section 4, as plain function calls.

Whatever a card answers is reported by status word and length only: what it holds is personal.
"""

from smartcard.CardConnection import CardConnection
from smartcard.System import readers

JPKI = "D392F000260100000001"
TEXT = "D3921000310001010408"
VISUAL = "D3921000310001010402"
JUKI = "D3921000310001010401"
COMMON = "D3921000310001010100"

OK = 0x9000
OFFSET_OUTSIDE = 0x6B00
WHOLE_FILE = bytes(3)
"""Extended Le of zero: as many bytes as there are."""


class Disagreement(Exception):
    """The card does not do what the facts say. The message tells no personal data."""


def expect(condition, what):
    if not condition:
        raise Disagreement(what)


def short(cla, ins, p1, p2, data=b"", le=None):
    """A short APDU, ISO/IEC 7816-4 cases 1 to 4; le 256 is written as 00."""
    body = bytes([len(data)]) + data if data else b""
    tail = b"" if le is None else bytes([le % 256])
    return bytes([cla, ins, p1, p2]) + body + tail


def extended(cla, ins, p1, p2, data=b"", le=None):
    """An extended APDU; le 0 asks for everything."""
    body = b"\0" + len(data).to_bytes(2, "big") + data if data else b""
    marker = b"" if data else b"\0"
    tail = b"" if le is None else marker + le.to_bytes(2, "big")
    return bytes([cla, ins, p1, p2]) + body + tail


class Card:
    def __init__(self, reader_name):
        [reader] = [reader for reader in readers() if str(reader) == reader_name]
        self._connection = reader.createConnection()
        self.power_on()

    def power_on(self):
        self._connection.connect(CardConnection.T1_protocol)

    def power_cycle(self):
        """Everything presented is forgotten: pyscard has the card unpowered when it disconnects."""
        self._connection.disconnect()
        self.power_on()

    @property
    def atr(self):
        return bytes(self._connection.getATR())

    def send(self, command):
        """Gives (data, status word)."""
        data, sw1, sw2 = self._connection.transmit(list(command))
        return bytes(data), sw1 << 8 | sw2

    def ask(self, command, what):
        """Gives the data of a command that has to succeed."""
        data, status = self.send(command)
        expect(status == OK, f"{what}: {status:04X}")
        return data

    def refuse(self, command, what, *statuses):
        """Sends a command that has to be refused, with one of these status words and no data."""
        data, status = self.send(command)
        wanted = " or ".join(f"{one:04X}" for one in statuses)
        expect(status in statuses, f"{what}: {status:04X}, not {wanted}")
        expect(data == b"", f"{what}: {len(data)} bytes beside {status:04X}")

    def select(self, aid):
        self.ask(short(0x00, 0xA4, 0x04, 0x0C, bytes.fromhex(aid)), f"SELECT {aid}")

    def select_file(self, file):
        self.ask(select_file(file), f"SELECT EF {file:04X}")

    def tries(self, file):
        """The status word of the retry query for a PIN: 63C3 for three tries."""
        self.select_file(file)
        return self.send(short(0x00, 0x20, 0x00, 0x80))[1]

    def verify(self, file, pin):
        self.select_file(file)
        self.ask(verify(pin), f"VERIFY {file:04X}")

    def read(self, file):
        """All of a transparent file, in one extended READ BINARY."""
        self.select_file(file)
        command = bytes([0x00, 0xB0, 0x00, 0x00]) + WHOLE_FILE
        return self.ask(command, f"READ BINARY {file:04X}")

    def read_in_chunks(self, file, size):
        """All of a transparent file with short commands, until nothing more comes."""
        self.select_file(file)
        content = b""
        while True:
            command = short(0x00, 0xB0, len(content) >> 8, len(content) & 0xFF, le=size)
            data, status = self.send(command)
            if status == OFFSET_OUTSIDE:
                return content
            expect(status == OK, f"READ BINARY {file:04X} at {len(content)}: {status:04X}")
            content += data
            if len(data) < size:
                return content

    def refuse_read(self, file, status=0x6982):
        self.select_file(file)
        self.refuse(short(0x00, 0xB0, 0x00, 0x00, le=4), f"READ BINARY {file:04X}", status)

    def sign(self, p1, p2, data):
        """COMPUTE DIGITAL SIGNATURE, card-facts 4.1."""
        signature = self.ask(short(0x80, 0x2A, p1, p2, data, le=256), f"80 2A {p1:02X} {p2:02X}")
        expect(len(signature) == 256, f"80 2A {p1:02X} {p2:02X}: {len(signature)} bytes")
        return signature


def select_file(file):
    return short(0x00, 0xA4, 0x02, 0x0C, file.to_bytes(2, "big"))


def verify(pin, p2=0x80):
    return short(0x00, 0x20, 0x00, p2, pin.encode("ascii"))
