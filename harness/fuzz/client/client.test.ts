import { beforeAll, describe, expect, it } from "vitest";
import type { CardImage } from "../../../simulator/card/index.ts";
import { JpkiClient } from "../../card/jpki-client.ts";
import { Secret } from "../../card/secret.ts";
import type { Reader, ReaderInfo } from "../../reader/reader.ts";
import { specimen } from "../card/specimen.ts";
import { fuzzable } from "../physical.ts";
import { found } from "../testing/found.ts";
import { HostileReader } from "./hostile-reader.ts";
import { clientProperties } from "./index.ts";
import { TALKS } from "./talks.ts";

let image: CardImage;
beforeAll(async () => {
  image = await specimen();
});

describe("fuzzing the clients", () => {
  it("has talks that succeed on a card that does not lie", async () => {
    for (const talk of Object.values(TALKS)) {
      const reader = new HostileReader(image, { damage: [], madeUp: { from: 0, answers: [] } });
      await reader.open();
      for (const step of talk(reader).slice(0, 3)) await expect(step()).resolves.not.toThrow();
    }
  });

  it("finds nothing wrong with ours", async () => {
    expect(await found(clientProperties(image), 200)).toEqual({});
  });

  it("finds a client that sends a PIN again", async () => {
    const again = (reader: Reader) => {
      const jpki = new JpkiClient(reader);
      const verify = () => jpki.verifyAuthPin(new Secret("1234"));
      return [() => jpki.select(), () => verify().catch(verify)];
    };
    const failures = await found(clientProperties(image, { again }));
    expect(failures["hostile-card"]).toBe("sent 002000800431323334 2 times");
  });

  it("finds a client that follows 61XX for ever", async () => {
    const endless = (reader: Reader) => [
      async () => {
        let answer = await reader.transmit(Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x10));
        while (answer[0] === 0x61) {
          answer = await reader.transmit(Uint8Array.of(0x00, 0xc0, 0x00, 0x00, 0x00));
        }
      },
    ];
    const failures = await found(clientProperties(image, { endless }), 1000);
    expect(failures["hostile-card"]).toMatch(/^more than \d+ exchanges$/);
  });

  it("finds a client that trusts a length", async () => {
    const trusting = (reader: Reader) => [
      async () => {
        const answer = await reader.transmit(Uint8Array.of(0x00, 0x84, 0x00, 0x00, 0x10));
        new DataView(answer.buffer).getUint16(8);
      },
    ];
    const failures = await found(clientProperties(image, { trusting }));
    expect(failures["hostile-card"]).toMatch(/^failed with RangeError/);
  });

  it("refuses a reader that may hold a person's card before it opens it", () => {
    const info: ReaderInfo = { driver: "pcsc", name: "desk", physical: true };
    const reader: Reader = {
      info,
      open: () => Promise.reject(new Error("opened")),
      transmit: () => Promise.reject(new Error("spoken to")),
      reset: () => Promise.reject(new Error("reset")),
      close: () => Promise.resolve(),
    };
    expect(() => fuzzable(reader)).toThrow(expect.objectContaining({ code: "FUZZ_PHYSICAL" }));
  });
});
