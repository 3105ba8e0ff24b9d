// No path of any client spends a try that its caller did not ask for, whatever the card or the reader
// answers (platform-facts CR-01 to CR-05, CR-25).
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BenchErrorCode } from "../errors.ts";
import { JpkiClient } from "./jpki-client.ts";
import { Secret } from "./secret.ts";
import { AdverseCard } from "./testing/adverse-card.ts";
import { cardErrorOf } from "./testing/rejection.ts";
import { TextApClient } from "./text-ap-client.ts";
import { VisualApClient } from "./visual-ap-client.ts";

interface PinClient {
  select(): Promise<void>;
}

interface Presentation {
  readonly name: string;
  readonly client: (card: AdverseCard) => PinClient;
  readonly present: (client: never) => Promise<void>;
}

function presentation<C extends PinClient>(
  name: string,
  client: (card: AdverseCard) => C,
  present: (client: C) => Promise<void>,
): Presentation {
  return { name, client, present };
}

const spend = { spendLastTry: true };
const four = new Secret("1234");
const password = new Secret("PASSWORD");
const twelve = new Secret("123456789018");
const fourteen = new Secret("02010220301234");

const jpki = (card: AdverseCard) => new JpkiClient(card);
const text = (card: AdverseCard) => new TextApClient(card);
const visual = (card: AdverseCard) => new VisualApClient(card);

const PRESENTATIONS: readonly Presentation[] = [
  presentation("auth PIN", jpki, (c) => c.verifyAuthPin(four, spend)),
  presentation("sign password", jpki, (c) => c.verifySignPassword(password, spend)),
  presentation("change of the auth PIN", jpki, (c) => c.changePin("auth", four, four, spend)),
  presentation("text PIN", text, (c) => c.verifyPin(four, spend)),
  presentation("text code A", text, (c) => c.verifyCodeA(twelve, spend)),
  presentation("text code B", text, (c) => c.verifyCodeB(fourteen, spend)),
  presentation("birth date", visual, (c) => c.verifyBirthDate(new Secret("020102"), spend)),
  presentation("visual code A", visual, (c) => c.verifyCodeA(twelve, spend)),
  presentation("visual code B", visual, (c) => c.verifyCodeB(fourteen, spend)),
];

const status = (sw: number) => Uint8Array.of(sw >> 8, sw & 0xff);
const isPresentation = (command: Uint8Array) => command[1] === 0x20 && command.length > 5;
const isQuestion = (command: Uint8Array) => command[1] === 0x20 && command.length === 4;

/** Every failure a VERIFY may meet: all error statuses, nonsense, and a reader that gives up. */
const failure = fc.oneof(
  fc.integer({ min: 0x6100, max: 0x6fff }).map(status),
  fc.uint8Array({ maxLength: 1 }),
  fc.constantFrom<BenchErrorCode>(
    "READER_CARD_REMOVED",
    "READER_CARD_RESET",
    "READER_LOST",
    "READER_DEADLINE",
    "READER_TRANSPORT",
    "READER_CARD_MUTE",
  ),
);

describe.each(PRESENTATIONS)("$name", ({ client, present }) => {
  it("is presented once, whatever the failure, and changes nothing after one", () =>
    fc.assert(
      fc.asyncProperty(failure, async (outcome) => {
        const card = new AdverseCard((command) => {
          if (isPresentation(command)) return outcome;
          return status(isQuestion(command) ? 0x63c3 : 0x9000);
        });
        const user = client(card);
        await user.select();
        await expect(present(user as never)).rejects.toBeInstanceOf(Error);
        expect(card.presented).toBe(1);
        expect(card.changes).toBe(0);
      }),
    ));

  it("is not presented unless the card told how many tries are left", () =>
    fc.assert(
      fc.asyncProperty(failure, async (outcome) => {
        fc.pre(typeof outcome === "string" || outcome[0] !== 0x63 || (outcome[1] ?? 0) <= 0xc0);
        const card = new AdverseCard((command) => (isQuestion(command) ? outcome : status(0x9000)));
        const user = client(card);
        await user.select();
        await expect(present(user as never)).rejects.toBeInstanceOf(Error);
        expect(card.presented).toBe(0);
      }),
    ));

  it("is not presented where its file cannot be selected", async () => {
    const card = new AdverseCard((command) => status(command[2] === 0x02 ? 0x6a82 : 0x9000));
    const user = client(card);
    await user.select();
    const error = await cardErrorOf(present(user as never));
    expect(error.code).toBe("CARD_NOT_FOUND");
    expect(card.presented).toBe(0);
  });

  it.each([0x63c0, 0x6983, 0x6984])("is left alone once %i said that it is blocked", async (sw) => {
    const card = new AdverseCard((command) => {
      if (isPresentation(command)) return status(sw);
      return status(isQuestion(command) ? 0x63c1 : 0x9000);
    });
    const user = client(card);
    await user.select();
    for (let time = 0; time < 3; time += 1) {
      expect((await cardErrorOf(present(user as never))).code).toBe("CARD_PIN_BLOCKED");
    }
    expect(card.presented).toBe(1);
  });
});

it("nothing but a PIN method presents a PIN, whatever fails", () =>
  fc.assert(
    fc.asyncProperty(fc.array(failure, { minLength: 1, maxLength: 8 }), async (outcomes) => {
      const next = outcomes.values();
      const card = new AdverseCard((command) =>
        command[2] === 0x04 ? status(0x9000) : (next.next().value ?? status(0x6982)),
      );
      const client = new JpkiClient(card, { extended: true });
      const sha256 = new Uint8Array(32);
      for (const operation of [
        () => client.authCertificate(),
        () => client.signCertificate(),
        () => client.signWithAuthKey({ sha256 }),
        () => client.signWithSignKey({ sha256 }),
        () => client.triesLeft("sign"),
        () => client.tokenInfo(),
      ]) {
        await client.select();
        await operation().catch(() => undefined);
      }
      expect(card.presented).toBe(0);
      expect(card.commands.filter((command) => command[1] === 0x2a).length).toBeLessThanOrEqual(2);
    }),
  ));
