// Conversations T1, T4 and T9 of card-facts 4.4, with the question for the tries left that precedes
// every VERIFY of these clients.
import { describe, expect, it } from "vitest";
import { Secret } from "./secret.ts";
import { jpkiConversation, SELECT_JPKI_AP } from "./testing/jpki-conversation.ts";
import { cardErrorOf } from "./testing/rejection.ts";

describe("PINs", () => {
  it("asks for the tries left as OpenSC does when it binds (T1)", () =>
    jpkiConversation(
      `
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 63 C3
      > 00 A4 02 0C 02 00 1B
      < 90 00
      > 00 20 00 80
      < 63 C5`,
      async (jpki) => {
        expect(await jpki.triesLeft("auth")).toBe(3);
        expect(await jpki.triesLeft("sign")).toBe(5);
      },
    ));

  it.each(["63 C0", "69 84", "69 83"])("calls a PIN that answers %s blocked", (status) =>
    jpkiConversation(
      `
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < ${status}`,
      async (jpki) => {
        expect(await jpki.triesLeft("auth")).toBe(0);
      },
    ),
  );

  it("takes 9000 for no answer to how many tries are left, and presents nothing on it unless told to", () =>
    jpkiConversation(
      `
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
      async (jpki) => {
        const pin = new Secret("1234");
        const untold = { code: "CARD_STATUS", sw: 0x9000 };
        expect(await cardErrorOf(jpki.triesLeft("auth"))).toMatchObject(untold);
        expect(await cardErrorOf(jpki.verifyAuthPin(pin))).toMatchObject(untold);
        await jpki.verifyAuthPin(pin, { spendLastTry: true });
      },
    ));

  it("stops at the end of a PIN and sends no further VERIFY until it selects anew (T4, CR-02)", () =>
    jpkiConversation(
      `
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
      ${SELECT_JPKI_AP}
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 63 C0`,
      async (jpki) => {
        const wrong = new Secret("9999");

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
    jpkiConversation(
      `
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
      async (jpki) => {
        const refused = await cardErrorOf(jpki.verifyAuthPin(new Secret("1234")));
        expect(refused).toMatchObject({ code: "CARD_PIN_LAST_TRY", triesLeft: 1 });
        await jpki.verifyAuthPin(new Secret("1234"), { spendLastTry: true });
      },
    ));

  it("sends the sign password in upper case (CR-06)", () =>
    jpkiConversation(
      `
      > 00 A4 02 0C 02 00 1B
      < 90 00
      > 00 20 00 80
      < 63 C5
      > 00 20 00 80 08 50 41 53 53 57 4F 52 44
      < 90 00`,
      async (jpki) => {
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
    jpkiConversation("", async (jpki) => {
      const secret = new Secret(value);
      const error = await cardErrorOf(
        pin === "auth" ? jpki.verifyAuthPin(secret) : jpki.verifySignPassword(secret),
      );
      expect(error.code).toBe("CARD_PIN_FORMAT");
    }),
  );

  it("changes a PIN after presenting the current one (T9)", () =>
    jpkiConversation(
      `
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 63 C3
      > 00 20 00 80 04 31 32 33 34
      < 90 00
      > 00 24 01 80 04 35 36 37 38
      < 90 00`,
      async (jpki) => {
        const change = jpki.changePin("auth", new Secret("1234"), new Secret("5678"));
        expect(await change).toBeUndefined();
      },
    ));

  it("does not change a PIN whose current value was wrong", () =>
    jpkiConversation(
      `
      > 00 A4 02 0C 02 00 18
      < 90 00
      > 00 20 00 80
      < 63 C3
      > 00 20 00 80 04 39 39 39 39
      < 63 C2`,
      async (jpki) => {
        const change = jpki.changePin("auth", new Secret("9999"), new Secret("5678"));
        expect((await cardErrorOf(change)).code).toBe("CARD_PIN_WRONG");
      },
    ));

  it("presents no current PIN when the next one is malformed", () =>
    jpkiConversation("", async (jpki) => {
      const change = jpki.changePin("auth", new Secret("1234"), new Secret("56789"));
      expect((await cardErrorOf(change)).code).toBe("CARD_PIN_FORMAT");
    }));
});
