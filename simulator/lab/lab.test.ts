import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { fromHex, toHex } from "../iso7816/index.ts";
import { Lab, type LabOptions, labClient } from "./index.ts";
import { TEST_KEY_POOL } from "./testing/keys.ts";

const SELECT_AUTH_PIN = ["00A4040C0AD392F000260100000001", "00A4020C020018"];
const WRONG_PIN = "002000800439393939";
const TRIES_LEFT = "00200080";

let folder: string;
const labs: Lab[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "jpki-lab-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

afterEach(async () => {
  await Promise.all(labs.splice(0).map((lab) => lab.close()));
});

async function open(options: Partial<LabOptions> = {}): Promise<Lab> {
  const lab = await Lab.open({ seed: "lab-test", keys: TEST_KEY_POOL, ...options });
  labs.push(lab);
  return lab;
}

const control = (lab: Lab) => labClient(lab.addresses.console);

async function close(lab: Lab): Promise<void> {
  labs.splice(labs.indexOf(lab), 1);
  await lab.close();
}

describe("a world in memory", () => {
  it("hands out a card that answers, and services that are there", async () => {
    const lab = await open();
    const { card, authSerial, signSerial } = await lab.issueCard("adult");

    card.powerOn();
    const answers = [...SELECT_AUTH_PIN, TRIES_LEFT].map((c) => toHex(card.transmit(fromHex(c))));
    expect(answers).toEqual(["9000", "9000", "63C3"]);
    expect(lab.jpki.auth.authority.has(Number.parseInt(authSerial, 16))).toBe(true);
    expect(lab.jpki.sign.authority.has(Number.parseInt(signSerial ?? "", 16))).toBe(true);

    const crl = await fetch(lab.addresses.crl.auth);
    expect(crl.status).toBe(200);
    const page = await (await fetch(lab.addresses.console)).text();
    expect(page).toContain(authSerial);
  });

  it("is the same world for the same seed", async () => {
    const [one, other] = [await open(), await open()];
    const names = async (lab: Lab) => (await lab.issueCard("adult")).resident;
    expect(await names(one)).toEqual(await names(other));
  });
});

describe("a world in a state directory", () => {
  it("comes back as it was left: spent tries, revocations, residents and ports", async () => {
    const state = join(folder, "kept");
    const before = await open({ state });
    const issued = await before.issueCard("adult");
    issued.card.powerOn();
    for (const command of [...SELECT_AUTH_PIN, WRONG_PIN]) issued.card.transmit(fromHex(command));
    const { authSerial: serial } = issued;
    await control(before)("revokeCertificate", { serial, reason: "keyCompromise" });
    const addresses = before.addresses;
    await close(before);

    const after = await open({ state, seed: "another seed counts for nothing" });

    const [card] = after.cards;
    card?.card.powerOn();
    for (const command of SELECT_AUTH_PIN) card?.card.transmit(fromHex(command));
    expect(toHex(card?.card.transmit(fromHex(TRIES_LEFT)) ?? new Uint8Array())).toBe("63C2");
    expect(await control(after)("listCertificates")).toContainEqual(
      expect.objectContaining({ serial: issued.authSerial, reason: "keyCompromise" }),
    );
    expect(after.residents).toEqual(before.residents);
    expect(after.addresses).toEqual(addresses);
    expect(after.seed).toBe("lab-test");
  });

  it("gives the next resident another number and another key", async () => {
    const state = join(folder, "growing");
    const first = await open({ state });
    const one = await first.issueCard("adult");
    await close(first);

    const second = await open({ state });
    const two = await second.issueCard("adult");

    expect(two.resident.id).not.toBe(one.resident.id);
    expect(two.resident.myNumber).not.toBe(one.resident.myNumber);
    expect(two.authSerial).not.toBe(one.authSerial);
    const keys = second.jpki.auth.authority.issued.map(({ certificate }) => toHex(certificate));
    expect(new Set(keys).size).toBe(2);
  });

  it("is opened by one at a time", async () => {
    const state = join(folder, "locked");
    const lab = await open({ state });
    lab.state?.announce({ pid: 1 });
    await expect(open({ state })).rejects.toMatchObject({ code: "STATE_IN_USE" });
  });
});
