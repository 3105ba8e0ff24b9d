import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { QUIRKS, type QuirkName } from "./quirks.ts";
import { FILE_TABLES } from "./testing/file-table.ts";

/** The page of researched facts that the card follows; kept beside the repository, not in it. */
const FACTS = new URL("../../../shared/facts/card-facts.md", import.meta.url);
const present = existsSync(FACTS);
const lines = present ? readFileSync(FACTS, "utf8").split("\n") : [];
const note = present ? "" : " (skipped, missing: card-facts.md)";

const here = new URL("./", import.meta.url);
const tests = readdirSync(here, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.ts") && !path.startsWith("facts."))
  .map((path) => readFileSync(new URL(path, here), "utf8"));

/** What the titles of tests say of card-facts: the rest of each string that names it. */
const named = tests
  .flatMap((text) => [...text.matchAll(/["`][^"`\n]*\bcard-facts ([^"`\n]*)/g)])
  .map(([, sections = ""]) => sections)
  .join("\n");

function isNamed(section: string): boolean {
  return named.split(/[^0-9.-]+/).includes(section);
}

/** The lines of one section, without those of the next heading of any level. */
function section(number: string): string[] {
  const start = lines.findIndex((line) => new RegExp(`^#+ ${number}[. ]`).test(line));
  const end = lines.findIndex((line, i) => i > start && line.startsWith("#"));
  return start < 0 ? [] : lines.slice(start + 1, end < 0 ? undefined : end);
}

/** First cells of the rows of the section's first table, without its heading. */
function firstCells(number: string): string[] {
  const rows = section(number).filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) => row.split("|")[1]?.trim() ?? "");
}

/** Each line of card-facts that leaves a doubt, and the flag with which a card takes the other side. */
const DOUBTS: readonly (readonly [RegExp, QuirkName])[] = [
  [/^1\. \*\*署名用証明書/, "signCertificateFree"],
  [/^2\. \*\*Blocked PIN/, "blockedAnswers6983"],
  [/^3\. \*\*照合番号A\/B retries/, "codesHaveThreeTries"],
  [/^4\. \*\*Sex code 3/, "otherSexIsThree"],
  [/^5\. \*\*80 A2 P1-P2/, "terminalCertificateRefused"],
  [/^6\. \*\*COMPUTE DIGITAL SIGNATURE P1/, "onlyPlainSignatures"],
  [/^7\. \*\*Retry query after/, "queryAnswers9000OnceVerified"],
  [/^8\. \*\*CA certificate access/, "caCertificatesFollowTheirKeys"],
  [/^9\. \*\*GET CHALLENGE with extended Le/, "challengeRefusesExtendedLe"],
  [/^\| 0005 \| 85 \|/, "file0005Free"],
  [/^\| 0008 \| 88 \|/, "availabilityClaimsSign"],
  [/^\| 0009 \| 89 \|/, "file0009IsInternal"],
  [/^\| 0003 \| integrity record/, "integrityRecordRefusesCodeB"],
  [/^\| 0008 \| unknown, sixteen/, "textFile0008Free"],
  [/without a current EF → `6986`/, "noCurrentFileAnswers6985"],
  [/^\| 照合番号A \|/, "codesHaveThreeTries"],
  [/^\| 生年月日 key \|/, "birthKeyHasThreeTries"],
  [/^\| 共通AP PIN \|/, "commonPinHasFiveTries"],
  [/^The A\/B IEFs in the two APs/, "codeCountersShared"],
  [/Wrong-length PIN/, "wrongLengthAnswers6700"],
  [/^\* Does a failed VERIFY drop/, "wrongPinKeepsRight"],
  [/FCI content not public/, "selectGivesNoFci"],
  [/^\| SELECT DF next occurrence/, "noNextOccurrence"],
  [/6A81 multi-form unsupported/, "noMultiRecordRead"],
  [/6985\/6700 bad length/, "badSignatureLengthAnswers6700"],
  [/^\| EXTERNAL AUTHENTICATE/, "noExternalAuthentication"],
  [/first command after a power cycle/, "firstCommandAnswers6F00"],
  [/salt length 32/, "pssWithoutSalt"],
  [/offset==EF size/, "readAtEndAnswersEmpty"],
  [/treats 6282 as EOF-with-data/, "endOfFileAnswers6282"],
  [/another advertises none/, "noExtendedLength"],
];

const SECTIONS = ["0.3", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "3", "4"];
const COMMANDS = ["4.1", "4.2", "4.3", "4.4"];

describe.skipIf(!present)(`the card's tests beside card-facts${note}`, () => {
  it.each([...SECTIONS, ...COMMANDS])("section %s is there, and named by a test", (number) => {
    expect(section(number)).not.toEqual([]);
    expect(isNamed(number) || isNamed(`${number}-1`)).toBe(true);
  });

  it("there is no other section of files, PINs and commands", () => {
    const numbers = lines.flatMap((line) => /^##+ ([234](?:\.\d+)?)[. ]/.exec(line)?.[1] ?? []);
    expect(numbers.toSorted()).toEqual(["2", ...SECTIONS.slice(1), ...COMMANDS].toSorted());
  });

  it.each(FILE_TABLES.map((table) => [table.section, table] as const))(
    "the files of %s are those of its rows",
    (_section, table) => {
      const told = section(table.section);
      const rows = told.filter((line) => line.startsWith("| 00"));
      // Section 2.4 tells its two files in a sentence.
      const places = rows.length > 0 ? rows.map((row) => row.split("|")[1] ?? "") : told;
      const files = places.join(" ").match(/\b00[0-9A-F]{2}\b/g) ?? [];
      expect([...new Set(files)].toSorted()).toEqual(table.rows.map(({ ef }) => ef).toSorted());
    },
  );

  it.each([
    ["3", "pin-table.test.ts"],
    ["4", "command-table.test.ts"],
  ])("every row of section %s is named in %s", (number, file) => {
    const table = readFileSync(new URL(file, here), "utf8");
    const absent = firstCells(number).filter((name) => !table.includes(name.replace(/ \(.*/, "")));
    expect(absent).toEqual([]);
  });

  it("every trace of section 4.4 is a vector", () => {
    const traces = section("4.4").flatMap((line) => /^\*\*(T\d+) /.exec(line)?.[1] ?? []);
    const vectors = readFileSync(new URL("traces.test.ts", here), "utf8");
    expect(traces).toHaveLength(12);
    expect(traces.filter((trace) => !vectors.includes(`"${trace}: `))).toEqual([]);
  });

  it("every status word of section 4 is listed in the table of statuses", () => {
    const row = section("4").find((line) => line.startsWith("Status words seen")) ?? "";
    const told = row.replace(/.*GEBO\]:/, "").match(/\b6[0-9A-F]{3}\b/g) ?? [];
    const table = readFileSync(new URL("status-table.test.ts", here), "utf8");
    expect(told.length).toBeGreaterThan(30);
    expect(told.filter((status) => !table.includes(`"${status}"`))).toEqual([]);
  });

  it.each(DOUBTS)("%s is one line, doubted by %s", (line, quirk) => {
    const places = ["0.3", ...SECTIONS, ...COMMANDS].flatMap(section);
    expect(new Set(places.filter((text) => line.test(text))).size).toBe(1);
    expect(QUIRKS).toHaveProperty(quirk);
  });

  it("every line marked UNVERIFIED in these sections has a flag", () => {
    const doubtful = [...SECTIONS, ...COMMANDS]
      .flatMap(section)
      .filter((text) => text.includes("UNVERIFIED"));
    expect(doubtful.length).toBeGreaterThan(8);
    expect(doubtful.filter((text) => !DOUBTS.some(([line]) => line.test(text)))).toEqual([]);
  });

  it("every disagreement of section 0.3 has a flag that cites it", () => {
    const numbers = section("0.3").flatMap((text) => /^(\d+)\. /.exec(text)?.[1] ?? []);
    const cited = new Set(Object.values(QUIRKS).map(({ source }) => source));
    const uncited = numbers.filter((number) => {
      return ![...cited].some((source) => source === `card-facts 0.3-${number}`);
    });
    expect(uncited).toEqual([]);
  });

  it("every flag cites a section that is there", () => {
    const sources = Object.values(QUIRKS).map(({ source }) => source);
    const numbers = sources.map((source) => /[\d.]+/.exec(source)?.[0] ?? source);
    expect(numbers.filter((number) => section(number).length === 0)).toEqual([]);
  });
});
