import { describe, expect, it } from "vitest";
import { concat } from "../../../simulator/iso7816/index.ts";
import { found } from "../testing/found.ts";
import { PN532, TWN4, VPCD } from "./framings.ts";
import { readerTarget } from "./index.ts";
import { type Framing, streamProperty } from "./stream.ts";

describe("fuzzing the frame decoders", () => {
  it("finds nothing wrong with ours", async () => {
    const { properties } = await readerTarget.open("test");
    expect(await found(properties)).toEqual({});
    expect(properties.map(({ name }) => name)).toEqual([
      "vpcd-frames",
      "pn532-frames",
      "twn4-lines",
    ]);
  });

  it("finds a decoder that takes every piece for a whole", async () => {
    const forgetful: Framing = {
      ...VPCD,
      decoder: () => (bytes) => VPCD.decoder()(bytes),
    };
    expect((await found([streamProperty(forgetful)]))["vpcd-frames"]).toMatch(/^in pieces: /);
  });

  it("finds a decoder that drops what stands behind a frame", async () => {
    const first: Framing = {
      ...TWN4,
      decoder: () => {
        const push = TWN4.decoder();
        return (bytes) => push(bytes).slice(0, 1);
      },
    };
    expect((await found([streamProperty(first)]))["twn4-lines"]).toMatch(/of those sent|in pieces/);
  });

  it("finds a decoder that waits for ever for what noise has claimed", async () => {
    const patient: Framing = {
      ...PN532,
      decoder: () => {
        let heard: Uint8Array = new Uint8Array(0);
        let given = 0;
        // Hears nothing more once there was a header with a wrong checksum.
        return (bytes) => {
          heard = concat(heard, bytes);
          const all = PN532.decoder()(heard);
          const deaf = all.findIndex((frame) => frame.startsWith("damaged"));
          const fresh = all.slice(given, deaf < 0 ? undefined : deaf);
          given += fresh.length;
          return fresh;
        };
      },
    };
    const failures = await found([streamProperty(patient)]);
    expect(failures["pn532-frames"]).toBe("the frame after the noise went unheard");
  });

  it("finds an error without a code", async () => {
    const crashing: Framing = {
      ...VPCD,
      decoder: () => {
        const push = VPCD.decoder();
        return (bytes) => {
          if (bytes[0] === 0xff) throw new RangeError("out of bounds");
          return push(bytes);
        };
      },
    };
    expect((await found([streamProperty(crashing)], 1000))["vpcd-frames"]).toMatch(/RangeError/);
  });
});
