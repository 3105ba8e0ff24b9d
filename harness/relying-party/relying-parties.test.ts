import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Secret } from "../card/index.ts";
import { until } from "../reader/testing/until.ts";
import { builtInCounter, builtInLibrary, builtInPortal } from "./built-in.ts";
import { onPhone } from "./excursions.ts";
import { openTown } from "./testing/town.ts";

const BOOK = "3100000017";
const PIN = new Secret("1234");

let state: string;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "relying-party-"));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

describe("built-in relying parties", () => {
  it("remember everybody from one opening of a world to the next", async () => {
    const first = await openTown({ state });
    const { addresses } = first.parties;
    const card = await first.lab.issueCard("adult");
    const library = builtInLibrary(addresses.library);
    await library.linkPatron("10000017", first.visitor(card));
    await library.lendByTouch(BOOK, first.visitor(card));
    const portal = builtInPortal(addresses.portal);
    await portal.logIn(onPhone({ card: card.id }));
    await portal.sign("転居の届出", onPhone({ card: card.id }));
    await first[Symbol.asyncDispose]();

    await using again = await openTown({ state });
    expect(again.parties.addresses).toMatchObject({
      library: addresses.library,
      portal: addresses.portal,
    });
    const { mkpf, digitalAuthApp } = again.lab.addresses;
    for (const url of [
      ...Object.values(again.parties.addresses),
      mkpf.verification,
      digitalAuthApp,
    ]) {
      // This process may still hold connections to whoever had the port before.
      await until(
        () =>
          fetch(url).then(
            () => true,
            () => false,
          ),
        `${url} answers`,
      );
    }
    const [same] = again.lab.cards;
    if (same === undefined) throw new Error("nobody has a card");
    const other = await builtInLibrary(addresses.library).lendByTouch(
      "3100000025",
      again.visitor(same),
    );
    expect(other).toMatchObject({ done: true, patron: "10000017" });
    expect(await (await fetch(addresses.library)).text()).toContain("銀河鉄道の夜");
    const back = builtInPortal(addresses.portal);
    await back.logIn(onPhone({ card: same.id }));
    expect(await back.sign("二通目", onPhone({ card: same.id }))).toMatchObject({
      applications: 2,
    });
  });

  it("begin anew with a world that begins anew", async () => {
    await using town = await openTown();
    const { addresses } = town.parties;
    const library = builtInLibrary(addresses.library);
    const before = await town.lab.issueCard("adult");
    await library.linkPatron("10000017", town.visitor(before));
    await town.lab.reset();

    const card = await town.lab.issueCard("adult");
    expect(await library.lendByTouch(BOOK, town.visitor(card))).toMatchObject({
      reason: "REGISTRATION_REQUIRED",
    });
    expect(await library.linkPatron("10000017", town.visitor(card))).toMatchObject({ done: true });
    const counter = builtInCounter(addresses.counter);
    await counter.present(card.id);
    expect(await counter.issueSealCertificate({ methods: "ocsp", pin: PIN })).toMatchObject({
      done: true,
    });
    const login = builtInPortal(addresses.portal).logIn(onPhone({ card: card.id }));
    expect(await login).toMatchObject({ done: true });
  });

  it("stay at the address their platforms know, or say that it is taken", async () => {
    const first = await openTown({ state });
    const { library } = first.parties.addresses;
    await builtInLibrary(library)
      .linkPatron("10000017", async () => new URL(library))
      .catch(() => undefined);
    await first[Symbol.asyncDispose]();
    const squatter = createServer().listen(Number(new URL(library).port), "127.0.0.1");
    await new Promise((resolve) => squatter.once("listening", resolve));
    await expect(openTown({ state })).rejects.toMatchObject({ code: "PORT_IN_USE" });
    await new Promise((resolve) => squatter.close(resolve));
  });

  it("are led to from the lab's web page", async () => {
    await using town = await openTown();
    const page = await (await fetch(town.lab.addresses.console)).text();
    for (const address of Object.values(town.parties.addresses)) expect(page).toContain(address);
    expect(page).toContain("図書館システム");
  });
});
