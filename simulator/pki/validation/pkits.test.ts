// NIST PKITS, 249 cases, against the validator and the list reader. PKITS paths have several steps and
// JPKI's have one, so every certificate of a path is validated in turn under the one before it, with
// the lists of the case. What comes out differently is listed below with the reason, case by case:
// the list is as much under test as the validator.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { SimulatorError } from "../../errors.ts";
import type { StatusSource } from "../status.ts";
import { CrlSource } from "./crl-source.ts";
import { inTurn } from "./sources.ts";
import { StatusUnavailable } from "./unavailable.ts";
import { validateCertificate } from "./validate.ts";

const folder = new URL("../../../../shared/data/pkits/", import.meta.url);
const pathTo = (name: string) => fileURLToPath(new URL(name, folder));

interface Case {
  readonly test: string;
  readonly certs: readonly string[];
  readonly crls: readonly string[];
  readonly valid: boolean;
}

/** Valid by PKITS, refused here: what JPKI does not use is not guessed at. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  "DSA: JPKI signs with sha256WithRSAEncryption only": ["4.1.4", "4.1.5"],
  "a CA with separate keys for lists, or certified again by itself: JPKI's generations are told apart by key":
    ["4.4.19", "4.5.1", "4.5.4", "4.5.6", "4.6.15", "4.6.17"],
  "policy constraints, mappings and inhibitAnyPolicy are critical and not understood": [
    ...["4.9.1", "4.9.2", "4.9.4", "4.9.6"],
    ...["4.10.1.1", "4.10.3", "4.10.5", "4.10.6", "4.10.9", "4.10.11", "4.10.12", "4.10.12 (2)"],
    ...["4.10.13", "4.10.13 (2)", "4.10.14", "4.11.2", "4.11.4", "4.11.7"],
    ...["4.12.2", "4.12.3", "4.12.7", "4.12.9"],
  ],
  "name constraints are critical and not understood": [
    ...["4.13.1", "4.13.4", "4.13.5", "4.13.6", "4.13.11", "4.13.14", "4.13.18", "4.13.19"],
    ...["4.13.21", "4.13.23", "4.13.25", "4.13.27", "4.13.30", "4.13.32", "4.13.34", "4.13.36"],
  ],
  "lists for some reasons only, and indirect lists": [
    ...["4.14.18", "4.14.19", "4.14.22", "4.14.24", "4.14.25", "4.14.28", "4.14.29", "4.14.30"],
    ...["4.14.33"],
  ],
  "delta lists: a hold that a delta releases stays a hold": ["4.15.5"],
};

/** Invalid by PKITS, accepted here: rules that JPKI's one step has no use for. */
const ACCEPTED: Readonly<Record<string, readonly string[]>> = {
  "path length is counted over several steps, and an anchor of JPKI issues no CA certificates": [
    ...["4.6.5", "4.6.6", "4.6.9", "4.6.10", "4.6.11", "4.6.12"],
  ],
  "PKITS asks for a policy of its own; the policies asked for here are those of JPKI": [
    ...["4.8.1", "4.8.2", "4.8.3", "4.8.3 (2)", "4.8.4", "4.8.5", "4.8.6", "4.8.7", "4.8.8"],
    ...["4.8.9", "4.8.12", "4.8.14"],
  ],
  "delta lists are not fetched: the full list is in date and right as of its day": ["4.15.4"],
};

/** At the time the case table was made for. */
const clock = { now: () => new Date("2020-01-01T00:00:00Z") };

const read = (name: string) => new Uint8Array(readFileSync(pathTo(name)));

/** Those of the lists that the CA can have issued, one after another. */
function listsOf(anchor: string, lists: readonly string[]): StatusSource {
  const [first = nothing, ...rest] = lists.flatMap((list) => loaded(anchor, list) ?? []);
  return inTurn(first, ...rest);
}

/** Most cases share the lists of the trust anchor. */
const known = new Map<string, CrlSource | undefined>();

function loaded(anchor: string, list: string): CrlSource | undefined {
  const key = `${anchor}/${list}`;
  if (!known.has(key)) known.set(key, load(anchor, list));
  return known.get(key);
}

function load(anchor: string, list: string): CrlSource | undefined {
  const source = new CrlSource({ anchor: read(`certs/${anchor}.crt`), clock });
  try {
    source.load(read(`crls/${list}.crl`));
    return source;
  } catch (error) {
    if (error instanceof StatusUnavailable) return undefined;
    throw error;
  }
}

const nothing: StatusSource = {
  check: () => Promise.reject(new StatusUnavailable("otherList", "there is no list of this CA")),
};

async function accepts({ certs, crls }: Case): Promise<boolean> {
  for (const [i, name] of certs.entries()) {
    const anchor = certs[i - 1];
    if (anchor === undefined) continue;
    const anchors = [read(`certs/${anchor}.crt`)];
    const options = { anchors, clock, source: listsOf(anchor, crls), environment: "any" } as const;
    if (!(await isValid(read(`certs/${name}.crt`), options))) return false;
  }
  return true;
}

async function isValid(...args: Parameters<typeof validateCertificate>): Promise<boolean> {
  try {
    return (await validateCertificate(...args)).verdict === "valid";
  } catch (error) {
    if (error instanceof SimulatorError && error.code === "PKI_INVALID") return false;
    throw error;
  }
}

/** Cases by number; PKITS runs some several times with other settings. */
function numbered(cases: readonly Case[]): [string, Case][] {
  const seen = new Map<string, number>();
  return cases.map((one) => {
    // Only those that differ in what is expected of them have to be told apart.
    const key = `${one.test}/${one.valid}`;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return [times === 1 ? one.test : `${one.test} (${times})`, one];
  });
}

const present = existsSync(pathTo("cases.json"));
const { cases } = present
  ? (JSON.parse(readFileSync(pathTo("cases.json"), "utf8")) as { readonly cases: readonly Case[] })
  : { cases: [] };

describe.skipIf(!present)("NIST PKITS", () => {
  const refused = Object.values(REFUSED).flat();
  const accepted = Object.values(ACCEPTED).flat();

  it("has 249 cases here", () => {
    expect(cases).toHaveLength(249);
  });

  it.each(numbered(cases))("%s", async (number, one) => {
    const differs = one.valid ? refused.includes(number) : accepted.includes(number);
    expect(await accepts(one)).toBe(one.valid !== differs);
  });
});
