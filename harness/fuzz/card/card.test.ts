import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type CardImage, MemoryCardStore, SimulatedCard } from "../../../simulator/card/index.ts";
import { history } from "../../../simulator/card/model/arbitraries.ts";
import { fromHex } from "../../../simulator/iso7816/index.ts";
import { Random } from "../../../simulator/random.ts";
import { found } from "../testing/found.ts";
import { anyBytes, type FuzzedCard } from "./any-bytes.ts";
import { historySchema } from "./history-input.ts";
import { cardHistories, cardTarget } from "./index.ts";
import { specimen } from "./specimen.ts";

let image: CardImage;
beforeAll(async () => {
  image = await specimen();
});

function card(from: CardImage): SimulatedCard {
  const options = { store: new MemoryCardStore(), random: new Random("test") };
  const inserted = new SimulatedCard(from, options);
  inserted.powerOn();
  return inserted;
}

/** The card with one thing about its answers changed. */
function answering(change: (answer: Uint8Array, command: Uint8Array) => Uint8Array) {
  return (): FuzzedCard => {
    const whole = card(image);
    return {
      get image() {
        return whole.image;
      },
      transmit: (command) => change(whole.transmit(command), command),
    };
  };
}

describe("fuzzing the card", () => {
  it("finds nothing wrong with ours", async () => {
    const { properties } = await cardTarget.open("test");
    expect(await found(properties, 60)).toEqual({});
    expect(properties.map(({ name }) => name)).toEqual(["histories", "any-bytes"]);
  });

  it("counts what it has sent to the card, and which status came how often", async () => {
    const { properties } = await cardTarget.open("test");
    await found(properties, 60);
    for (const { tally } of properties) {
      const counts = [...(tally?.statuses.values() ?? [])];
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(tally?.commands);
      expect(tally?.commands).toBeGreaterThan(300);
    }
    const unseen = properties[0]?.tally?.unseen.find(({ sw }) => sw === 0x6581);
    expect(unseen?.reason?.en).toMatch(/no client can cause/);
  });

  it("can read back from a file whatever history it has made", () => {
    fc.assert(
      fc.property(history, ({ events }) => {
        expect(historySchema.parse(JSON.parse(JSON.stringify(events)))).toEqual(events);
      }),
    );
  });

  it("finds a right that a wrong PIN does not take away", async () => {
    const generous = { ...image, quirks: { ...image.quirks, wrongPinKeepsRight: true } };
    expect((await found([cardHistories(generous)], 2000)).histories).toMatch(/should be 6982/);
  });

  it("finds a status that no card has", async () => {
    const odd = answering((answer, [, ins]) => (ins === 0x84 ? fromHex("6999") : answer));
    expect((await found([anyBytes(image, odd)]))["any-bytes"]).toMatch(
      /^> ..84[0-9A-F]* answered 6999, no status of this card$/,
    );
  });

  it("finds a private key in an answer", async () => {
    const file = image.applications.flatMap(({ files }) => files).find((one) => one.kind === "key");
    const secret = file?.kind === "key" ? file.privateKey : new Uint8Array(0);
    const leaking = answering((answer, [, ins]) =>
      ins === 0xb0 ? Uint8Array.from([...secret, 0x90, 0x00]) : answer,
    );
    expect((await found([anyBytes(image, leaking)]))["any-bytes"]).toMatch(/told a private key/);
  });

  it("finds tries that come back by themselves", async () => {
    const forgiving = () => {
      let whole = card(image);
      const transmit = (command: Uint8Array) => {
        const answer = whole.transmit(command);
        // A command the card does not know makes it forget its losses.
        if (answer[0] === 0x6d) whole = card(image);
        return answer;
      };
      return {
        transmit,
        get image() {
          return whole.image;
        },
      };
    };
    expect((await found([anyBytes(image, forgiving)], 2000))["any-bytes"]).toMatch(/gave tries/);
  });

  it("finds a card that crashes", async () => {
    const crashing = answering((answer, command) => {
      if (command.length > 12) throw new RangeError("out of bounds");
      return answer;
    });
    expect((await found([anyBytes(image, crashing)]))["any-bytes"]).toMatch(/RangeError/);
  });
});
