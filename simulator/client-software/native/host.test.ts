import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { ClientSoftwareError } from "../error.ts";
import type { KazashiCard } from "../ports.ts";
import { parseClientSoftwareProfile } from "../profile.ts";
import { encodeFrame, FrameReader } from "./frames.ts";
import { type HostOptions, serveHost } from "./host.ts";

const OPEN = {
  step: "open",
  origin: "https://library.example.jp",
  operation: "certificate",
  use: "registration",
  place: "face-to-face",
};
const PERFORM = { step: "perform" };

/** A card that tells what was asked of it. */
function scripted(options: Partial<HostOptions> = {}) {
  const asked: string[] = [];
  const log: string[] = [];
  const card: KazashiCard = {
    certificate: async () => {
      asked.push("certificate");
      return Uint8Array.of(0x30, 0x00);
    },
    authenticate: async (pin, challenge) => {
      asked.push(`authenticate ${pin.reveal()} ${challenge.length}`);
      return Uint8Array.of(1, 2, 3);
    },
    attributes: async () => {
      throw new ClientSoftwareError("pinWrong", { triesLeft: 2 });
    },
    proveGenuine: async (key) => {
      asked.push(`proveGenuine ${key.reveal()}`);
      return false;
    },
  };
  const converse = async (...messages: unknown[]): Promise<unknown[]> => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    for (const message of messages) input.write(encodeFrame(message, 1 << 20));
    input.end();
    await serveHost(input, output, {
      profile: parseClientSoftwareProfile({}),
      admission: async () => undefined,
      desk: (use) => use(card),
      log: (line) => log.push(line),
      ...options,
    });
    return new FrameReader().push(output.read() ?? new Uint8Array());
  };
  return { asked, log, converse };
}

describe("the native host", () => {
  it("settles who asks before it touches the card", async () => {
    const { asked, log, converse } = scripted();
    expect(await converse(OPEN)).toEqual([{ application_version: "1.0.0" }]);
    expect(asked).toEqual([]);
    expect(await converse(OPEN, PERFORM)).toEqual([
      { application_version: "1.0.0" },
      { certificate: "MAA=" },
    ]);
    expect(asked).toEqual(["certificate"]);
    expect(log).toEqual(["open: ok", "open: ok", "perform: ok"]);
  });

  it("touches the card once for each opening", async () => {
    const { asked, converse } = scripted();
    const [, , again] = await converse(OPEN, PERFORM, PERFORM);
    expect(again).toEqual({ reason: "REQUEST_INVALID" });
    expect(asked).toHaveLength(1);
    expect(await converse(PERFORM)).toEqual([{ reason: "REQUEST_INVALID" }]);
  });

  it("tells no card of a client that is not admitted", async () => {
    const { asked, converse } = scripted({ admission: async () => "originNotRegistered" });
    expect(await converse(OPEN, PERFORM)).toEqual([
      { reason: "ORIGIN_NOT_REGISTERED" },
      { reason: "REQUEST_INVALID" },
    ]);
    expect(asked).toEqual([]);
  });

  it("signs a random number with the PIN that came with it", async () => {
    const { asked, log, converse } = scripted();
    const challenge = Buffer.alloc(32).toString("base64");
    const open = { ...OPEN, operation: "authenticate", challenge };
    const [, answer] = await converse(open, { ...PERFORM, pin: "1234" });
    expect(answer).toEqual({ signature: "AQID" });
    expect(asked).toEqual(["authenticate 1234 32"]);
    expect(log.join()).not.toContain("1234");
  });

  it.each([
    ["a PIN of another form", { pin: "12345" }, Buffer.alloc(32).toString("base64"), "PIN_FORMAT"],
    ["no PIN", {}, Buffer.alloc(32).toString("base64"), "PIN_FORMAT"],
    ["too few random bytes", { pin: "1234" }, "AAAA", "REQUEST_INVALID"],
    ["a challenge that is no Base64", { pin: "1234" }, "@".repeat(44), "REQUEST_INVALID"],
  ])("bothers no card with %s", async (_what, more, challenge, reason) => {
    const { asked, converse } = scripted();
    const open = { ...OPEN, operation: "authenticate", challenge };
    const [, answer] = await converse(open, { ...PERFORM, ...more });
    expect(answer).toEqual({ reason });
    expect(asked).toEqual([]);
  });

  it("says how many tries are left, and whether the card is genuine", async () => {
    const { converse } = scripted();
    const attributes = { ...OPEN, operation: "attributes" };
    const [, wrong] = await converse(attributes, { ...PERFORM, pin: "1234" });
    expect(wrong).toEqual({ reason: "PIN_WRONG", tries_left: 2 });
    const touch = { ...OPEN, operation: "authenticity", use: "touch", birth_date_key: "020304" };
    const [, genuine] = await converse(touch, PERFORM);
    expect(genuine).toEqual({ genuine: false });
  });

  it.each([
    ["no object", [OPEN]],
    ["an unknown operation", { ...OPEN, operation: "sign" }],
    ["an unknown place", { ...OPEN, place: "moon" }],
    ["nobody", { ...OPEN, origin: undefined }],
    ["an unknown step", { ...OPEN, step: "close" }],
  ])("refuses %s", async (_what, message) => {
    expect(await scripted().converse(message)).toEqual([{ reason: "REQUEST_INVALID" }]);
  });

  it("refuses touch without PIN online before anybody is asked", async () => {
    const message = { ...OPEN, use: "touch", place: "online" };
    const admission = () => Promise.reject(new Error("nobody should ask"));
    expect(await scripted({ admission }).converse(message)).toEqual([
      { reason: "PLACE_NOT_ALLOWED" },
    ]);
  });
});
