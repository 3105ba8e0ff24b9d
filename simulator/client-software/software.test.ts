import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { ClientSoftwareError } from "./error.ts";
import type { Client } from "./ports.ts";
import { parseClientSoftwareProfile } from "./profile.ts";
import { GUIDANCE } from "./reasons.ts";
import { ClientSoftware } from "./software.ts";
import { touch } from "./touch.ts";
import { Withheld } from "./withheld.ts";

const CLIENT: Client = { edition: "dll", password: new Withheld("issued") };
const TOUCH = { use: "touch", place: "faceToFace" } as const;
const refused = (reason: string) => expect.objectContaining({ reason });

function started(doubt?: "passwordWrong") {
  let uses = 0;
  const software = ClientSoftware.initialise({
    client: CLIENT,
    admission: async () => doubt,
    desk: async () => {
      uses += 1;
      throw new ClientSoftwareError("cardMissing");
    },
  });
  return { software, uses: () => uses };
}

describe("the client software as a library", () => {
  it("does not start for a client MKPF does not admit", async () => {
    await expect(started("passwordWrong").software).rejects.toEqual(refused("passwordWrong"));
  });

  it.each(["online", "outdoor"] as const)("does nothing without PIN %s", async (place) => {
    const { software, uses } = started();
    const at = { use: "touch", place } as const;
    const key = new Withheld("020304");
    await expect((await software).certificate(at)).rejects.toEqual(refused("placeNotAllowed"));
    await expect((await software).proveGenuine(at, key)).rejects.toEqual(
      refused("placeNotAllowed"),
    );
    expect(uses()).toBe(0);
  });

  it("asks the card in an attended place", async () => {
    const { software, uses } = started();
    await expect((await software).certificate(TOUCH)).rejects.toEqual(refused("cardMissing"));
    expect(uses()).toBe(1);
  });

  it("bothers no card with a 生年月日PIN or PIN of another form", async () => {
    const { software, uses } = started();
    const wrong = new Withheld("1999-01-01");
    await expect((await software).proveGenuine(TOUCH, wrong)).rejects.toEqual(
      refused("requestInvalid"),
    );
    await expect((await software).attributes(TOUCH, wrong)).rejects.toEqual(refused("pinFormat"));
    expect(uses()).toBe(0);
  });
});

describe("touch without PIN", () => {
  const card = (genuine: boolean) => {
    const keys: string[] = [];
    const proveGenuine = async (key: string) => {
      keys.push(key);
      return genuine;
    };
    return { keys, certificate: async () => "certificate", proveGenuine };
  };

  it("gives the certificate of a registered person's genuine card", async () => {
    const genuine = card(true);
    expect(await touch(genuine, async () => "020304")).toBe("certificate");
    expect(genuine.keys).toEqual(["020304"]);
  });

  it("gives none of a card that cannot prove itself", async () => {
    await expect(touch(card(false), async () => "020304")).rejects.toEqual(refused("notGenuine"));
  });

  it("asks nothing of the card of somebody who is not registered", async () => {
    const stranger = card(true);
    const nobody = async () => undefined;
    await expect(touch(stranger, nobody)).rejects.toEqual(refused("registrationRequired"));
    expect(stranger.keys).toEqual([]);
  });
});

it("what is withheld prints as a mask", () => {
  const pin = new Withheld("1234");
  expect(`${pin} ${JSON.stringify({ pin })} ${inspect({ pin })}`).not.toContain("1234");
  expect(pin.reveal()).toBe("1234");
});

describe("the profile", () => {
  it("has a code for every reason", () => {
    const { reasons } = parseClientSoftwareProfile({});
    expect(Object.keys(reasons).toSorted()).toEqual(Object.keys(GUIDANCE).toSorted());
  });

  it("takes a vendor's names and keeps the rest", () => {
    const profile = parseClientSoftwareProfile({
      hostName: "jp.go.example.host",
      operations: { certificate: "01" },
    });
    expect(profile).toMatchObject({
      hostName: "jp.go.example.host",
      operations: { certificate: "01", attributes: "attributes" },
    });
  });

  it.each([
    ["a host's name Chromium does not take", { hostName: "Jp.Example" }],
    ["two operations with one name", { operations: { certificate: "1", attributes: "1" } }],
    ["a version of words", { versions: { extension: "one" } }],
    ["answers longer than Chromium takes", { rules: { answerBytesMax: 1_048_577 } }],
    ["an unknown section", { wires: {} }],
  ])("refuses %s", (_what, value) => {
    expect(() => parseClientSoftwareProfile(value)).toThrowError(
      expect.objectContaining({ code: "PLATFORM_PROFILE_INVALID" }),
    );
  });
});
