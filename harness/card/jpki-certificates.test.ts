// Conversations T2 and T5 of card-facts 4.4.
import { describe, expect, it } from "vitest";
import { toHex } from "../../simulator/iso7816/index.ts";
import { Secret } from "./secret.ts";
import { jpkiConversation } from "./testing/jpki-conversation.ts";
import { cardErrorOf } from "./testing/rejection.ts";

/** Hexadecimal of bytes 0, 1, 2 ... FF, 0 ... from `from` up to `to`. */
function counting(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, i) =>
    ((from + i) % 256).toString(16).padStart(2, "0"),
  ).join("");
}

describe("certificates", () => {
  it("reads the auth certificate by its header, in short APDUs (T2)", () =>
    jpkiConversation(
      `
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
      async (jpki) => {
        const certificate = await jpki.authCertificate();
        expect(toHex(certificate)).toBe(`3082062B${counting(4, 1583).toUpperCase()}`);
      },
    ));

  it.each([
    ["authCaCertificate", "00 0B"],
    ["signCaCertificate", "00 02"],
  ] as const)("reads %s without a PIN", (method, id) =>
    jpkiConversation(
      `
      > 00 A4 02 0C 02 ${id}
      < 90 00
      > 00 B0 00 00 04
      < 30 82 00 02 90 00
      > 00 B0 00 00 06
      < 30 82 00 02 05 00 90 00`,
      async (jpki) => {
        expect(toHex(await jpki[method]())).toBe("308200020500");
      },
    ),
  );

  it("asks for the password where the sign certificate is there but not opened (T5, CR-25)", () =>
    jpkiConversation(
      `
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
      async (jpki) => {
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
      jpkiConversation(
        `
        > 00 A4 02 0C 02 00 01
        < 90 00
        ${reading}`,
        async (jpki) => {
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
      jpkiConversation(
        `
        > 00 A4 02 0C 02 00 01
        < 6A 82
        ${rest}`,
        async (jpki) => {
          expect((await cardErrorOf(jpki.signCertificate())).code).toBe(code);
        },
      ),
    );
  });

  it("tells which certificates are there, and refuses marks it does not know", () =>
    jpkiConversation(
      `
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
      async (jpki) => {
        expect(await jpki.certificateAvailability()).toEqual({ auth: true, sign: true });
        expect(await jpki.certificateAvailability()).toEqual({ auth: true, sign: false });
        const error = await cardErrorOf(jpki.certificateAvailability());
        expect(error.code).toBe("CARD_DATA_INVALID");
      },
    ));
});
