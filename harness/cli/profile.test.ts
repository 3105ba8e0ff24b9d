/** Profiles of a vendor's own: a file changes what is on the wire, and the bench follows it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jpkiBench, type RunningLab, startLab } from "./testing/cli.ts";

const example = (name: string) =>
  fileURLToPath(new URL(`../../docs/profiles/example-${name}.json`, import.meta.url));

let folder: string;
let lab: RunningLab;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jpki-profile-"));
  lab = await startLab([
    ...["--state", join(folder, "state"), "--seed", "profile"],
    ...["--profile", `mkpf=${example("mkpf")}`],
    ...["--profile", `localAuthPf=${example("local-auth-pf")}`],
  ]);
}, 60_000);

afterAll(async () => {
  await lab?.stop();
  rmSync(folder, { recursive: true });
});

async function post(url: string, body: object) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

describe("a lab with profiles", { timeout: 120_000 }, () => {
  it("speaks by their names, and still says that it is not the real thing", async () => {
    const { mkpf } = lab.ready.platforms;
    const { status, text, headers } = await post(`${mkpf}/mkpf/v3/certificates/check`, {});
    expect(status).toBe(401);
    expect(JSON.parse(text)).toMatchObject({
      errorCode: "E410",
      remark: expect.stringMatching(/非規範.*NON-NORMATIVE/),
    });
    expect(headers.get("x-jpki-bench-notice")).toContain("NON-NORMATIVE");
    const discovery = await (await fetch(`${mkpf}/.well-known/openid-configuration`)).json();
    expect(discovery).toMatchObject({ token_endpoint: `${mkpf}/mkpf/v3/token` });
  });

  it("knows the built-in names no more", async () => {
    const { mkpf, localAuthPf } = lab.ready.platforms;
    expect((await post(`${mkpf}/api/v1/validity`, {})).status).toBe(404);
    expect((await post(`${localAuthPf}/ocsp-method/verify`, {})).status).toBe(404);
    const renamed = await post(`${localAuthPf}/lapf/o/verify`, {});
    expect(JSON.parse(renamed.text)).toMatchObject({ errCode: "X410" });
  });

  it("is tested by the same scenarios, whose journal tells whose names they were", async () => {
    const out = join(folder, "run");
    const profiles = ["--profile", `mkpf=${example("mkpf")}`];
    const finished = await jpkiBench(["run", "MK-17", ...profiles, "--out", out, "--json"]);
    expect(JSON.parse(finished.stdout)).toMatchObject({ passed: 1, failed: 0 });
    const journal = readFileSync(join(out, "journal.ndjson"), "utf8");
    expect(journal).toContain("/mkpf/v3/certificates/check");
    expect(journal).not.toContain("/api/v1/validity");
    expect(journal).toContain('"profile mkpf":"example: other names for MKPF"');
  });
});

describe("a profile that does not fit", { timeout: 120_000 }, () => {
  it.each([
    ["a wrong entry", '{\n  "paths": { "validty": "/x" }\n}', "line 2, paths.validty: there is no"],
    ["no JSON", '{\n  "paths": {\n', "line 3, column 1: "],
  ])("is refused before anything starts: %s", async (_what, text, says) => {
    const file = join(folder, "bad.json");
    writeFileSync(file, text);
    for (const command of [
      ["lab", "--state", join(folder, "never")],
      ["run", "MK-17"],
    ]) {
      const finished = await jpkiBench([...command, "--profile", `mkpf=${file}`]);
      expect(finished.exitCode).toBe(2);
      const [line, advice, ...more] = finished.stderr.trimEnd().split("\n");
      expect(line).toContain(`PLATFORM_PROFILE_INVALID: ${file}: ${says}`);
      expect(advice).not.toBe("");
      expect(more).toEqual([]);
    }
  });

  it.each([
    ["a file that is not there", ["mkpf=/nowhere.json"], "FILE_UNREADABLE"],
    ["a platform nobody knows", ["moon=x.json"], "CLI_USAGE"],
    ["one platform twice", [`mkpf=${example("mkpf")}`, `mkpf=${example("mkpf")}`], "CLI_USAGE"],
  ])("names what is wrong: %s", async (_what, choices, code) => {
    const words = choices.flatMap((choice) => ["--profile", choice]);
    const finished = await jpkiBench(["run", "MK-17", ...words]);
    expect([finished.stderr.split(":")[0], finished.exitCode]).toEqual([code, 2]);
  });
});
