"""The card's commands by their names (card-facts section 4)."""

from apdu import SHORT_MOST, Response, command
from expect import status
from reader import Reader

OK = 0x9000
SECURITY = 0x6982
NOT_FOUND = 0x6A82
OFFSET = 0x6B00


class Card:
    """A card in a reader. Methods that return a Response leave its status to the caller."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def send(self, cla: int, ins: int, p1: int, p2: int, data: bytes = b"", **length) -> Response:
        return self.reader.transmit(command(cla, ins, p1, p2, data, **length))

    def select_application(self, name: bytes) -> None:
        status(self.send(0x00, 0xA4, 0x04, 0x0C, name), OK, "SELECT of an application")

    def select(self, file: int) -> None:
        response = self.send(0x00, 0xA4, 0x02, 0x0C, file.to_bytes(2, "big"))
        status(response, OK, f"SELECT {file:04X}")

    def read(self, offset: int, length: int = SHORT_MOST, **more) -> Response:
        """READ BINARY of the current file."""
        return self.send(0x00, 0xB0, offset >> 8, offset & 0xFF, le=length, **more)

    def access(self, file: int) -> int:
        """The status word with which a file answers that somebody reads it."""
        self.select(file)
        return self.read(0).sw

    def content(self, file: int) -> bytes:
        """A whole file, by short reads until one comes back short (section 4.2)."""
        self.select(file)
        content = b""
        while True:
            response = self.read(len(content))
            if response.sw == OFFSET and content:
                return content
            content += status(response, OK, f"READ BINARY of {file:04X}").data
            if len(response.data) < SHORT_MOST:
                return content

    def record(self, file: int, number: int) -> bytes:
        response = self.send(0x00, 0xB2, number, file << 3 | 0x04, le=SHORT_MOST)
        return status(response, OK, f"READ RECORD of {file:04X}").data

    def verify(self, file: int, pin: str) -> Response:
        """VERIFY. Nothing here ever sends one a second time by itself."""
        self.select(file)
        return self.send(0x00, 0x20, 0x00, 0x80, pin.encode("ascii"))

    def present(self, file: int, pin: str) -> None:
        """VERIFY that has to succeed."""
        status(self.verify(file, pin), OK, f"VERIFY of {file:04X}")

    def tries(self, file: int) -> int:
        """What an empty VERIFY answers: 63Cx with x tries left. It costs none."""
        self.select(file)
        return self.send(0x00, 0x20, 0x00, 0x80).sw

    def sign(self, p1: int, p2: int, data: bytes) -> Response:
        """COMPUTE DIGITAL SIGNATURE (section 4.1)."""
        return self.send(0x80, 0x2A, p1, p2, data, le=SHORT_MOST)

    def signature(self, p1: int, p2: int, data: bytes) -> bytes:
        return status(self.sign(p1, p2, data), OK, f"signature of kind {p1:02X}").data

    def data_object(self, tag: int) -> Response:
        """GET DATA, with extended Le because the large ones refuse the short (section 2.7)."""
        return self.send(0x00, 0xCA, tag >> 8, tag & 0xFF, le=0x10000, extended=True)
