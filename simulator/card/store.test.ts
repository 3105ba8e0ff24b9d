import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fromHex, toHex } from "../iso7816/index.ts";
import { Random } from "../random.ts";
import { SimulatedCard } from "./card.ts";
import { personalise } from "./personalise.ts";
import { FileCardStore, MemoryCardStore } from "./store.ts";
import { SELECT_JPKI } from "./testing/card.ts";
import { testSpec } from "./testing/spec.ts";

const folder = mkdtempSync(join(tmpdir(), "card-store-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const image = personalise(testSpec());

describe("FileCardStore", () => {
  it("gives back the card it was given", () => {
    const store = new FileCardStore(join(folder, "same.json"));
    store.save(image);
    expect(store.load()).toEqual(image);
  });

  it("keeps the file to its owner and leaves nothing else behind", () => {
    const path = join(folder, "private.json");
    new FileCardStore(path).save(image);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(`${path}.new`)).toBe(false);
  });

  it("carries a spent try into the next life of the card", () => {
    const store = new FileCardStore(join(folder, "tries.json"));
    const random = new Random("store");
    const first = new SimulatedCard(image, { store, random });
    first.powerOn();
    first.transmit(fromHex(SELECT_JPKI));
    first.transmit(fromHex("002000980430303030"));

    const second = new SimulatedCard(store.load(), { store, random });
    second.powerOn();
    second.transmit(fromHex(SELECT_JPKI));
    expect(toHex(second.transmit(fromHex("00200098")))).toBe("63C2");
  });

  it("refuses a file that is no card", () => {
    const path = join(folder, "broken.json");
    writeFileSync(path, "{}");
    expect(() => new FileCardStore(path).load()).toThrow(
      expect.objectContaining({ code: "CARD_IMAGE_INVALID" }),
    );
  });

  it("fails loudly where it cannot write, so that the card does not answer", () => {
    expect(() => new FileCardStore(join(folder, "absent", "card.json")).save(image)).toThrow(
      expect.objectContaining({ code: "ENOENT" }),
    );
  });
});

describe("MemoryCardStore", () => {
  it("holds what was saved last", () => {
    const store = new MemoryCardStore();
    expect(store.image).toBeUndefined();
    store.save(image);
    expect(store.image).toBe(image);
  });
});
