// The conversations are those of card-facts 4.4 (T1 to T5 and T9), with the question for the tries
// left that precedes every VERIFY of these clients.
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../simulator/iso7816/index.ts";
import { JpkiClient } from "./jpki-client.ts";
import { Secret } from "./secret.ts";
import { cardErrorOf } from "./testing/rejection.ts";
import { conversation } from "./testing/scripted-reader.ts";

const SELECT_AP = `
  > 00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01
  < 90 00`;

/** Hexadecimal of bytes 0, 1, 2 ... FF, 0 ... from `from` up to `to`. */
function counting(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, i) =>
    ((from + i) % 256).toString(16).padStart(2, "0"),
  ).join("");
}

const SIGNATURE = "A5".repeat(256);

const SHA256_OF_NOTHING = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";

describe("PINs", () => {
  it("asks for the tries left as OpenSC does when it binds (T1)", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 63 C3
      > 00 A4 02 0C 02 00 1B
      < 90 00
      > 00 20 00 80
      < 63 C5`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        await jpki.select();
        expect(await jpki.triesLeft("auth")).toBe(3);
        expect(await jpki.triesLeft("sign")).toBe(5);
      },
    ));

  it.each(["63 C0", "69 84", "69 83"])("calls a PIN that answers %s blocked", (status) =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < ${status}`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        await jpki.select();
        expect(await jpki.triesLeft("auth")).toBe(0);
      },
    ),
  );

  it("takes 9000 for no answer to how many tries are left, and presents nothing on it unless told to", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 90 00
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 90 00
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 90 00
      > 00 20 00 80 04 31 32 33 34
      < 90 00`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        const pin = new Secret("1234");
        const untold = { code: "CARD_STATUS", sw: 0x9000 };
        await jpki.select();
        expect(await cardErrorOf(jpki.triesLeft("auth"))).toMatchObject(untold);
        expect(await cardErrorOf(jpki.verifyAuthPin(pin))).toMatchObject(untold);
        await jpki.verifyAuthPin(pin, { spendLastTry: true });
      },
    ));

  it("stops at the end of a PIN and sends no further VERIFY until it selects anew (T4, CR-02)", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 63 C3
      > 00 20 00 80 04 39 39 39 39
      < 63 C2
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 63 C1
      > 00 20 00 80 04 39 39 39 39
      < 63 C0
      ${SELECT_AP}
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 63 C0`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        const wrong = new Secret("9999");
        await jpki.select();

        const first = await cardErrorOf(jpki.verifyAuthPin(wrong));
        expect(first).toMatchObject({ code: "CARD_PIN_WRONG", sw: 0x63c2, triesLeft: 2 });

        const last = await cardErrorOf(jpki.verifyAuthPin(wrong, { spendLastTry: true }));
        expect(last).toMatchObject({
          code: "CARD_PIN_BLOCKED",
          sw: 0x63c0,
          triesLeft: 0,
          resetAt: "municipal-office-or-kiosk",
        });

        const unsent = await cardErrorOf(jpki.verifyAuthPin(wrong, { spendLastTry: true }));
        expect(unsent).toMatchObject({ code: "CARD_PIN_BLOCKED", triesLeft: 0, sw: undefined });

        await jpki.select();
        const known = await cardErrorOf(jpki.verifyAuthPin(wrong, { spendLastTry: true }));
        expect(known).toMatchObject({ code: "CARD_PIN_BLOCKED", triesLeft: 0, sw: undefined });
      },
    ));

  it("keeps the last try unless told to spend it (CR-05)", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 63 C1
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 63 C1
      > 00 20 00 80 04 31 32 33 34
      < 90 00`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        await jpki.select();
        const refused = await cardErrorOf(jpki.verifyAuthPin(new Secret("1234")));
        expect(refused).toMatchObject({ code: "CARD_PIN_LAST_TRY", triesLeft: 1 });
        await jpki.verifyAuthPin(new Secret("1234"), { spendLastTry: true });
      },
    ));

  it("sends the sign password in upper case (CR-06)", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 1B
      < 90 00
      > 00 20 00 80
      < 63 C5
      > 00 20 00 80 08 50 41 53 53 57 4F 52 44
      < 90 00`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        await jpki.select();
        expect(await jpki.verifySignPassword(new Secret("passWord"))).toBeUndefined();
      },
    ));

  it.each([
    ["auth", "123"],
    ["auth", "12345"],
    ["auth", "12 4"],
    ["auth", "１２３４"],
    ["auth", "1234\n"],
    ["sign", "ABC12"],
    ["sign", "ABCDEFGHIJ1234567"],
    ["sign", "ABC-123"],
    // Upper-cased, it would read STRASSE.
    ["sign", "straße"],
  ] as const)("refuses a malformed %s value before anything is sent: %j", (pin, value) =>
    conversation(SELECT_AP, async (reader) => {
      const jpki = new JpkiClient(reader);
      const secret = new Secret(value);
      await jpki.select();
      const error = await cardErrorOf(
        pin === "auth" ? jpki.verifyAuthPin(secret) : jpki.verifySignPassword(secret),
      );
      expect(error.code).toBe("CARD_PIN_FORMAT");
    }),
  );

  it("changes a PIN after presenting the current one (T9)", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 63 C3
      > 00 20 00 80 04 31 32 33 34
      < 90 00
      > 00 24 01 80 04 35 36 37 38
      < 90 00`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        await jpki.select();
        const change = jpki.changePin("auth", new Secret("1234"), new Secret("5678"));
        expect(await change).toBeUndefined();
      },
    ));

  it("does not change a PIN whose current value was wrong", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 63 C3
      > 00 20 00 80 04 39 39 39 39
      < 63 C2`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        await jpki.select();
        const change = jpki.changePin("auth", new Secret("9999"), new Secret("5678"));
        expect((await cardErrorOf(change)).code).toBe("CARD_PIN_WRONG");
      },
    ));

  it("presents no current PIN when the next one is malformed", () =>
    conversation(SELECT_AP, async (reader) => {
      const jpki = new JpkiClient(reader);
      await jpki.select();
      const change = jpki.changePin("auth", new Secret("1234"), new Secret("56789"));
      expect((await cardErrorOf(change)).code).toBe("CARD_PIN_FORMAT");
    }));
});

describe("certificates", () => {
  it("reads the auth certificate by its header, in short APDUs (T2)", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 0A
      < 90 00
      > 00 B0 00 00 04
      < 30 82 06 2B 90 00
      > 00 B0 00 00 00
      < 30 82 06 2B ${counting(4, 256)} 90 00
      > 00 B0 01 00 00
      < ${counting(256, 512)} 90 00
      > 00 B0 02 00 00
      < ${counting(512, 768)} 90 00
      > 00 B0 03 00 00
      < ${counting(768, 1024)} 90 00
      > 00 B0 04 00 00
      < ${counting(1024, 1280)} 90 00
      > 00 B0 05 00 00
      < ${counting(1280, 1536)} 90 00
      > 00 B0 06 00 2F
      < ${counting(1536, 1583)} 90 00`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        await jpki.select();
        const certificate = await jpki.authCertificate();
        expect(toHex(certificate)).toBe(`3082062B${counting(4, 1583).toUpperCase()}`);
      },
    ));

  it.each([
    ["authCaCertificate", "00 0B"],
    ["signCaCertificate", "00 02"],
  ] as const)("reads %s without a PIN", (method, id) =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 ${id}
      < 90 00
      > 00 B0 00 00 04
      < 30 82 00 02 90 00
      > 00 B0 00 00 06
      < 30 82 00 02 05 00 90 00`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        await jpki.select();
        expect(toHex(await jpki[method]())).toBe("308200020500");
      },
    ),
  );

  it("asks for the password where the sign certificate is there but not opened (T5, CR-25)", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 01
      < 90 00
      > 00 B0 00 00 04
      < 69 82
      > 00 A4 02 0C 02 00 08
      < 90 00
      > 00 B0 00 00 03
      < 8F 8F 00 90 00
      > 00 A4 02 0C 02 00 1B
      < 90 00
      > 00 20 00 80
      < 63 C5
      > 00 20 00 80 08 50 41 53 53 57 4F 52 44
      < 90 00
      > 00 A4 02 0C 02 00 01
      < 90 00
      > 00 B0 00 00 04
      < 30 82 00 02 90 00
      > 00 B0 00 00 06
      < 30 82 00 02 05 00 90 00`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        await jpki.select();
        const error = await cardErrorOf(jpki.signCertificate());
        expect(error).toMatchObject({ code: "CARD_SECURITY_STATUS", sw: 0x6982 });
        await jpki.verifySignPassword(new Secret("PASSWORD"));
        expect(toHex((await jpki.signCertificate()).reveal())).toBe("308200020500");
      },
    ));

  describe("a card without a sign certificate (CR-27)", () => {
    const none = "CARD_CERTIFICATE_MISSING";
    const availability = (marks: string) => `
      > 00 A4 02 0C 02 00 08
      < 90 00
      > 00 B0 00 00 03
      < ${marks} 90 00`;

    it.each([
      ["an empty file, by 9000", none, "> 00 B0 00 00 04\n < 90 00"],
      ["an empty file, by 6282", none, "> 00 B0 00 00 04\n < 62 82"],
      ["an empty file, by 6B00", none, "> 00 B0 00 00 04\n < 6B 00"],
      ["filler FF", none, "> 00 B0 00 00 04\n < FF FF FF FF 90 00"],
      ["filler 00", none, "> 00 B0 00 00 04\n < 00 00 00 00 90 00"],
      [
        "a locked file and a card that says so",
        none,
        `> 00 B0 00 00 04\n < 69 82\n ${availability("00 8F 00")}`,
      ],
      [
        "a locked file and a card that says what nobody knows",
        "CARD_SECURITY_STATUS",
        `> 00 B0 00 00 04\n < 69 82\n ${availability("42 8F 00")}`,
      ],
    ])("%s: %s", (_, code, reading) =>
      conversation(
        `${SELECT_AP}
        > 00 A4 02 0C 02 00 01
        < 90 00
        ${reading}`,
        async (reader) => {
          const jpki = new JpkiClient(reader);
          await jpki.select();
          expect((await cardErrorOf(jpki.signCertificate())).code).toBe(code);
        },
      ),
    );

    it.each([
      ["where the JPKI AP answers", none, availability("00 8F 00")],
      [
        "but a lost AP is no missing certificate",
        "CARD_NOT_FOUND",
        "> 00 A4 02 0C 02 00 08\n < 6A 82",
      ],
    ])("no file, %s: %s", (_, code, rest) =>
      conversation(
        `${SELECT_AP}
        > 00 A4 02 0C 02 00 01
        < 6A 82
        ${rest}`,
        async (reader) => {
          const jpki = new JpkiClient(reader);
          await jpki.select();
          expect((await cardErrorOf(jpki.signCertificate())).code).toBe(code);
        },
      ),
    );
  });

  it("tells which certificates are there, and refuses marks it does not know", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 08
      < 90 00
      > 00 B0 00 00 03
      < 8F 8F 00 90 00
      > 00 A4 02 0C 02 00 08
      < 90 00
      > 00 B0 00 00 03
      < 00 8F 00 90 00
      > 00 A4 02 0C 02 00 08
      < 90 00
      > 00 B0 00 00 03
      < 8F 11 00 90 00`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        await jpki.select();
        expect(await jpki.certificateAvailability()).toEqual({ auth: true, sign: true });
        expect(await jpki.certificateAvailability()).toEqual({ auth: true, sign: false });
        const error = await cardErrorOf(jpki.certificateAvailability());
        expect(error.code).toBe("CARD_DATA_INVALID");
      },
    ));
});

it("reads the token information", () => {
  const text = (value: string, length: number) => Buffer.from(value.padEnd(length)).toString("hex");
  const info = [
    text("JPKIAPICCTOKEN2", 32),
    text("00000000000000000000000000000001", 32),
    text("E16R01NJ", 16),
    text("0123456789012345", 16),
    "0000040D 00000001 00000000 00000001 00000000 00000010 00000006",
    "FF".repeat(16),
    "3033 3031",
    "39".repeat(16),
  ].join(" ");
  return conversation(
    `${SELECT_AP}
    > 00 A4 02 0C 02 00 06
    < 90 00
    > 00 B0 00 00 A0
    < ${info} 90 00`,
    async (reader) => {
      const jpki = new JpkiClient(reader);
      await jpki.select();
      expect(await jpki.tokenInfo()).toEqual({
        label: "JPKIAPICCTOKEN2",
        manufacturer: "00000000000000000000000000000001",
        model: "E16R01NJ",
        serialNumber: "0123456789012345",
        flags: 0x040d,
        pinLength: { min: 6, max: 16 },
        hardwareVersion: "03",
        firmwareVersion: "01",
      });
    },
  );
});

describe("signatures", () => {
  const sign = `
    > 80 2A 00 80 33 30 31 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 20 ${SHA256_OF_NOTHING} 00`;

  it("signs a digest after the PIN (T3)", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 63 C3
      > 00 20 00 80 04 31 32 33 34
      < 90 00
      > 00 A4 02 0C 02 00 17
      < 90 00
      ${sign}
      < ${SIGNATURE} 90 00`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        await jpki.select();
        await jpki.verifyAuthPin(new Secret("1234"));
        const sha256 = new Uint8Array(createHash("sha256").digest());
        expect(toHex(await jpki.signWithAuthKey({ sha256 }))).toBe(SIGNATURE);
        expect(reader.deadlines.at(-1)).toBe(15_000);
      },
    ));

  it("says that a PIN is needed, and does not sign again (T3, CR-25)", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 17
      < 90 00
      ${sign}
      < 69 82`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        await jpki.select();
        const error = await cardErrorOf(
          jpki.signWithAuthKey({ sha256: fromHex(SHA256_OF_NOTHING) }),
        );
        expect(error).toMatchObject({ code: "CARD_SECURITY_STATUS", sw: 0x6982 });
      },
    ));

  it("gives a DigestInfo to the sign key as it is", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 1A
      < 90 00
      > 80 2A 00 80 03 01 02 03 00
      < ${SIGNATURE} 90 00`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        await jpki.select();
        expect(toHex(await jpki.signWithSignKey(fromHex("010203")))).toBe(SIGNATURE);
      },
    ));

  it.each([
    ["a digest of 31 bytes", { sha256: new Uint8Array(31) }],
    ["nothing", new Uint8Array(0)],
    ["more than a short APDU holds", new Uint8Array(256)],
  ])("sends nothing for %s", (_, input) =>
    conversation(SELECT_AP, async (reader) => {
      const jpki = new JpkiClient(reader);
      await jpki.select();
      const error = await cardErrorOf(jpki.signWithAuthKey(input));
      expect(error.code).toBe("CARD_INPUT_INVALID");
    }),
  );

  it("refuses a signature of the wrong length", () =>
    conversation(
      `${SELECT_AP}
      > 00 A4 02 0C 02 00 17
      < 90 00
      > 80 2A 00 80 01 00 00
      < A5 A5 90 00`,
      async (reader) => {
        const jpki = new JpkiClient(reader);
        await jpki.select();
        const error = await cardErrorOf(jpki.signWithAuthKey(Uint8Array.of(0)));
        expect(error.code).toBe("CARD_DATA_INVALID");
      },
    ));
});
