import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JournalEvent, Unstamped } from "../journal/events.ts";
import { summarize } from "../journal/summarize.ts";
import { anyJournal } from "../testing/arbitraries.ts";
import { sampleRun } from "../testing/sample.ts";
import { stamped } from "../testing/stamped.ts";
import { SCRIPT } from "./html/script.ts";
import { STYLE } from "./html/style.ts";
import { html } from "./html.ts";

function render(events: readonly JournalEvent[] = sampleRun(), lang: "ja" | "en" = "ja"): string {
  return [...html.render(summarize(events), { lang })].join("");
}

const page = render();

/** The block of one scenario. */
function block(id: string): string {
  return (
    new RegExp(
      `<details class="scenario" id="s-${id}".*?(?=<details class="scenario"|</main>)`,
      "s",
    ).exec(page)?.[0] ?? ""
  );
}

describe("the head", () => {
  it("states the facts of the run, Japanese first", () => {
    expect(page).toContain('<html lang="ja" data-language="ja">');
    expect(page).toContain("<title>接続試験 結果報告書 – simulated</title>");
    expect(page).toContain(
      '<span lang="ja">2026年11月21日 15:04:05 ～ 15:04:07 (JST)</span><span lang="en">2026-11-21 15:04:05 – 15:04:07 JST</span>',
    );
    expect(page).toContain("<code>20261121</code>");
    expect(page).toContain("<li><span>node</span> v20.20.2</li>");
    expect(page).toMatch(/class="conclusion failed".*不合格あり/);
  });

  it("warns of everything that is missing", () => {
    expect(page).toContain("計画した試験のうち1件が未実施です。");
  });

  it("starts in English when asked", () => {
    const english = render(sampleRun(), "en");

    expect(english).toContain('<html lang="en" data-language="en">');
    expect(english).toMatch(/id="language-en" value="en" checked>/);
    expect(page).toMatch(/id="language-ja" value="ja" checked>/);
  });
});

describe("a scenario", () => {
  it("that failed stands open, with step, code, values and the last exchange", () => {
    const failed = block("JK-03");

    expect(failed).toMatch(/^<details class="scenario" id="s-JK-03" data-outcome="failed" open>/);
    for (const text of ["CARD_PIN_WRONG", "63C2", "pin.scenario.ts:42", "PIN試行回数を消費"]) {
      expect(failed).toContain(text);
    }
    expect(failed).toContain("VERIFY 利用者証明用PIN → 63C1 照合不一致 残り1回");
    expect(failed).toMatch(/<ol class="steps">.*<ol class="steps">.*残り回数を読む/s);
  });

  it("shows its exchanges decoded, in one order of time", () => {
    const shown = block("MK-06");

    expect(shown).toContain("<code>00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01</code>");
    expect(shown).toContain("POST /api/v1/validity");
    expect(shown).toContain("&#34;reason&#34;: &#34;affiliationChanged&#34;");
    expect(shown).toMatch(/class="number" role="cell">3<\/td>.*mkpf-2/s);
  });

  it("shows its evidence", () => {
    expect(block("MK-06")).toMatch(/発行番号.*3F2A91/s);
  });

  it("keeps its earlier attempts", () => {
    expect(block("JK-10")).toMatch(/再試行で合格.*1回目の試行.*不合格/s);
  });

  it("that was skipped says why without being opened", () => {
    expect(block("RD-01")).toMatch(
      /<summary>.*カードを機械的に離せる読取装置がありません.*<\/summary>/s,
    );
  });

  it("can be linked to, whatever it is called", () => {
    const ended = (scenario: string): Unstamped => ({
      type: "scenario-ended",
      scenario,
      attempt: 1,
      verdict: "failed",
      milliseconds: 1,
      title: { ja: "題", en: "Title" },
      system: "card",
    });
    const events = [
      stamped(1, ended("CR-01"), { run: "a" }),
      stamped(1, ended("CR-01"), { run: "b" }),
      stamped(1, ended('x" y')),
    ];

    const ids = [...render(events).matchAll(/<details class="scenario" id="([^"]*)"/g)];

    expect(ids.map(([, id]) => id)).toEqual(["s-CR-01", "scenario-2", "scenario-3"]);
  });
});

describe("the page needs nothing else", () => {
  it("has one style and one script of its own, which the policy names", () => {
    const hash = (text: string) => createHash("sha256").update(text).digest("base64");
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];

    expect(policy?.replaceAll("&#39;", "'").split("; ")).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${hash(STYLE)}'`,
      `script-src 'sha256-${hash(SCRIPT)}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page.split(`<style>${STYLE}</style>`)).toHaveLength(2);
    expect(page.split(`<script>${SCRIPT}</script>`)).toHaveLength(2);
  });

  it("refers to no address", () => {
    expect(page).not.toMatch(/https?:|src=|url\(|@import/);
  });
});

/** Everything this page may consist of. */
const TAGS =
  "!doctype html head meta title style body a header main footer section div span p b h1 h2 h3 h4 h5 small ul ol li dl dt dd code pre table caption thead tbody tfoot tr th td svg rect details summary form fieldset legend label input select option button script".split(
    " ",
  );
const ATTRIBUTES =
  "html lang data-language charset http-equiv content name class href id type value checked for aria-hidden aria-labelledby role hidden open scope data-outcome data-system data-fold data-ja data-en viewBox preserveAspectRatio x y width height autocomplete spellcheck".split(
    " ",
  );

const TAG = /^\/?([!a-z0-9]+)((?: [\w:-]+(?:="[^"]*")?)*)\/?>[^>]*$/i;

/** Reads the page as strictly as can be: the pieces that do not begin with a tag of ours. */
function strangers(text: string): string[] {
  return text
    .replace(`<style>${STYLE}</style>`, "<style></style>")
    .replace(`<script>${SCRIPT}</script>`, "<script></script>")
    .split("<")
    .slice(1)
    .filter((piece) => {
      const [, tag = "", attributes = ""] = TAG.exec(piece) ?? [];
      const names = attributes
        .replace(/="[^"]*"/g, "")
        .split(" ")
        .filter(Boolean);
      const known = TAGS.includes(tag) && names.every((name) => ATTRIBUTES.includes(name));
      return !known || / href="(?!#)/.test(attributes);
    });
}

describe("recorded text cannot act", () => {
  it("is found out by this check when it could", () => {
    expect(strangers(page)).toEqual([]);
    expect(strangers('<p onclick="x">')).toHaveLength(1);
    expect(strangers("<img src=x onerror=alert(1)>")).toHaveLength(1);
    expect(strangers('<a href="javascript:x">')).toHaveLength(1);
    expect(strangers("<p>a > b</p>")).toHaveLength(1);
  });

  it("whatever it is", () => {
    fc.assert(
      fc.property(anyJournal, fc.constantFrom("ja", "en"), (events, lang) => {
        const shown = render(events, lang);
        expect(strangers(shown)).toEqual([]);
        expect(shown).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  it("also where it could end the script", () => {
    const hostile = "</script><script>alert(1)</script>";
    const [start, ...rest] = sampleRun();
    const events = [{ ...start, seed: hostile, project: hostile } as JournalEvent, ...rest];

    const shown = render(events);

    expect(shown).not.toContain("alert(1)</script>");
    expect(shown).toContain("&#60;/script&#62;&#60;script&#62;alert(1)&#60;/script&#62;");
    expect(shown.match(/<script/g)).toHaveLength(1);
  });
});

it("is written piece by piece, and grows only with what is recorded", () => {
  const thousand = Array.from({ length: 125 }, (_, i) =>
    sampleRun().map((event) =>
      "scenario" in event ? { ...event, scenario: `${event.scenario}-${i}` } : event,
    ),
  ).flat();
  const summary = summarize(thousand);

  const pieces = [...html.render(summary, { lang: "ja" })];

  const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
  expect(summary.counts.total).toBe(1250);
  expect(total).toBeLessThan((1250 * page.length) / 10);
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(total / 20);
});
