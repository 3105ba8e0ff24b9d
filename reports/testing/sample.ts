/**
 * A run as it might have been, with one of everything: verdicts of all kinds, nested steps, card and
 * platform exchanges, evidence, a retry, a scenario that was cut short. Written by hand.
 */
import type { Bilingual, Effect, JournalEvent, Unstamped } from "../journal/events.ts";
import { type Hand, stamped } from "./stamped.ts";

interface Row {
  readonly id: string;
  readonly title: Bilingual;
  readonly system: string;
  readonly source: string;
  readonly effect: Effect;
}

/** Keeps the time while events are written down one after the other. */
class Pen {
  readonly events: JournalEvent[] = [];
  readonly #hand: Hand;
  #t: number;

  constructor(hand: Hand = {}, t = 0) {
    this.#hand = hand;
    this.#t = t;
  }

  write(event: Unstamped, after = 4): this {
    this.#t += after;
    this.events.push(stamped(this.#t, event, this.#hand));
    return this;
  }
}

const JPKI_AP = "00A4040C0AD392F000260100000001";

const WRONG_PIN: Row = {
  id: "JK-03",
  title: { ja: "利用者証明用PINの誤りで残り回数が減る", en: "A wrong PIN costs one try" },
  system: "jpki",
  source: "card-facts 4.4; JIS X 6320-4 7.5.6",
  effect: "spends-tries",
};

const TOKEN: Row = {
  id: "MK-06",
  title: {
    ja: "失効した証明書では認証が拒まれる",
    en: "Authentication is refused for a revoked certificate",
  },
  system: "mkpf-2",
  source: "platform-facts 5.3",
  effect: "read-only",
};

function keys(row: Row, attempt = 1) {
  return { scenario: row.id, attempt };
}

function begin(pen: Pen, row: Row, attempt = 1): void {
  const { title, system, source, effect } = row;
  pen.write({
    type: "scenario-started",
    ...keys(row, attempt),
    title,
    system,
    source,
    effect,
    scenarioVersion: 1,
  });
}

function selectJpki(pen: Pen, row: Row, attempt = 1): void {
  pen
    .write({
      type: "step-started",
      ...keys(row, attempt),
      step: 1,
      title: { ja: "公的個人認証APを選ぶ", en: "Select the JPKI application" },
    })
    .write({
      type: "apdu",
      ...keys(row, attempt),
      step: 1,
      reader: "simulated",
      label: { ja: "SELECT FILE 公的個人認証AP", en: "SELECT FILE JPKI AP" },
      command: JPKI_AP,
      response: "9000",
      sw: "9000",
      meaning: { ja: "正常終了", en: "Success" },
      milliseconds: 2.1,
    })
    .write({
      type: "step-ended",
      ...keys(row, attempt),
      step: 1,
      verdict: "passed",
      milliseconds: 3,
    });
}

/** JK-03, failing at its second step. */
function failedAttempt(pen: Pen, attempt = 1): void {
  const row = WRONG_PIN;
  begin(pen, row, attempt);
  selectJpki(pen, row, attempt);
  pen
    .write({
      type: "step-started",
      ...keys(row, attempt),
      step: 2,
      title: { ja: "誤ったPINを照合する", en: "Verify a wrong PIN" },
    })
    .write({
      type: "step-started",
      ...keys(row, attempt),
      step: 3,
      parent: 2,
      title: { ja: "残り回数を読む", en: "Read the tries left" },
    })
    .write({
      type: "apdu",
      ...keys(row, attempt),
      step: 3,
      reader: "simulated",
      label: { ja: "VERIFY 利用者証明用PIN(残り回数の照会)", en: "VERIFY auth PIN (tries left)" },
      command: "00200080",
      response: "63C3",
      sw: "63C3",
      meaning: { ja: "残り3回", en: "3 tries left" },
      milliseconds: 1.8,
    })
    .write({
      type: "step-ended",
      ...keys(row, attempt),
      step: 3,
      verdict: "passed",
      milliseconds: 2,
    })
    .write({
      type: "apdu",
      ...keys(row, attempt),
      step: 2,
      reader: "simulated",
      label: { ja: "VERIFY 利用者証明用PIN", en: "VERIFY auth PIN" },
      command: "0020008004 ‹PIN›",
      response: "63C1",
      sw: "63C1",
      meaning: { ja: "照合不一致 残り1回", en: "Wrong PIN, 1 try left" },
      milliseconds: 12.4,
    })
    .write({
      type: "evidence",
      ...keys(row, attempt),
      step: 2,
      label: { ja: "利用者証明用PINの残り回数", en: "Tries left of the auth PIN" },
      value: "1",
    })
    .write({
      type: "step-ended",
      ...keys(row, attempt),
      step: 2,
      verdict: "failed",
      milliseconds: 15,
    });
}

function end(pen: Pen, row: Row, verdict: "passed" | "failed", ms: number, attempt = 1): void {
  pen.write({
    type: "scenario-ended",
    ...keys(row, attempt),
    verdict,
    milliseconds: ms,
    title: row.title,
    system: row.system,
    ...(verdict === "passed"
      ? {}
      : {
          failure: {
            code: "CARD_PIN_WRONG",
            message: "残り回数が期待と異なります: expected 2 tries left, the card says 1",
            expected: "63C2",
            actual: "63C1",
            location: "scenarios/jpki/pin.scenario.ts:42",
          },
        }),
  });
}

function revokedCertificate(pen: Pen): void {
  const row = TOKEN;
  begin(pen, row);
  selectJpki(pen, row);
  pen
    .write({
      type: "step-started",
      ...keys(row),
      step: 2,
      title: { ja: "証明書を読み出す", en: "Read the certificate" },
    })
    .write({
      type: "apdu",
      ...keys(row),
      step: 2,
      reader: "simulated",
      label: { ja: "READ BINARY 利用者証明用証明書", en: "READ BINARY auth certificate" },
      command: "00B0000000",
      response: `308206A73082058FA0030201020204${"0123456789ABCDEF".repeat(30)}9000`,
      sw: "9000",
      meaning: { ja: "正常終了", en: "Success" },
      milliseconds: 31.2,
    })
    .write({ type: "step-ended", ...keys(row), step: 2, verdict: "passed", milliseconds: 33 })
    .write({
      type: "step-started",
      ...keys(row),
      step: 3,
      title: { ja: "有効性確認を求める", en: "Ask for the certificate's validity" },
    })
    .write({
      type: "http",
      ...keys(row),
      step: 3,
      peer: "mkpf-2",
      method: "POST",
      path: "/api/v1/validity",
      request: { certificate: "‹証明書 1706 bytes›", systemId: "demo-library" },
      status: 200,
      response: { result: "revoked", reason: "affiliationChanged", ppid: "‹PPID›" },
      milliseconds: 48.3,
    })
    .write({
      type: "evidence",
      ...keys(row),
      step: 3,
      label: { ja: "OCSP producedAt", en: "OCSP producedAt" },
      value: "2026-11-21T06:04:05Z",
    })
    .write({
      type: "evidence",
      ...keys(row),
      step: 3,
      label: { ja: "発行番号", en: "Serial number" },
      value: "3F2A91",
    })
    .write({ type: "step-ended", ...keys(row), step: 3, verdict: "passed", milliseconds: 52 });
  end(pen, row, "passed", 91);
}

function quick(pen: Pen, row: Row, milliseconds: number): void {
  begin(pen, row);
  selectJpki(pen, row);
  end(pen, row, "passed", milliseconds);
}

const QUICK: readonly (readonly [Row, number])[] = [
  [
    {
      id: "CR-01",
      title: { ja: "カードの応答(ATR)を確かめる", en: "Check the answer to reset" },
      system: "card",
      source: "card-facts 2.1",
      effect: "read-only",
    },
    12,
  ],
  [
    {
      id: "CR-02",
      title: { ja: "知らないAPの選択は拒まれる", en: "An unknown application is refused" },
      system: "card",
      source: "JIS X 6320-4 7.1.1",
      effect: "read-only",
    },
    9,
  ],
  [
    {
      id: "JK-01",
      title: { ja: "公的個人認証APを選択する", en: "Select the JPKI application" },
      system: "jpki",
      source: "card-facts 4.1",
      effect: "read-only",
    },
    8,
  ],
  [
    {
      id: "JK-02",
      title: { ja: "利用者証明用電子証明書で署名する", en: "Sign with the authentication key" },
      system: "jpki",
      source: "card-facts 4.6",
      effect: "read-only",
    },
    184,
  ],
  [
    {
      id: "KZ-01",
      title: { ja: "かざし利用で券面の真正性を確かめる", en: "Confirm the card by touch" },
      system: "kazashi",
      source: "platform-facts 7.2",
      effect: "read-only",
    },
    1320,
  ],
];

/** One run that was cut short: one failure, one skip, one retry that helped, one interruption. */
export function sampleRun(): JournalEvent[] {
  const main = new Pen({ worker: "main" });
  main.write({
    type: "run-started",
    version: 1,
    project: "simulated",
    seed: "20261121",
    environment: {
      "jpki-bench": "0.1.0",
      node: "v20.20.2",
      platform: "linux x64",
      reader: "simulated",
    },
    planned: 11,
  });
  const first = new Pen({ worker: "1" }, 10);
  for (const [row, milliseconds] of QUICK) quick(first, row, milliseconds);
  failedAttempt(first);
  end(first, WRONG_PIN, "failed", 38);

  const second = new Pen({ worker: "2" }, 12);
  revokedCertificate(second);
  const changed: Row = {
    id: "JK-10",
    title: { ja: "署名用パスワードを変更する", en: "Change the signing password" },
    system: "jpki",
    source: "card-facts 4.5",
    effect: "changes-card",
  };
  begin(second, changed, 1);
  selectJpki(second, changed, 1);
  begin(second, changed, 2);
  selectJpki(second, changed, 2);
  end(second, changed, "passed", 44, 2);
  const cut: Row = {
    id: "LA-02",
    title: { ja: "CRL方式で失効を確認する", en: "Find a revocation by the list" },
    system: "local-auth-pf",
    source: "platform-facts 5.4",
    effect: "read-only",
  };
  begin(second, cut);
  selectJpki(second, cut);
  second.write({
    type: "step-started",
    ...keys(cut),
    step: 2,
    title: { ja: "失効リストを取り寄せる", en: "Fetch the revocation list" },
  });

  main.write({
    type: "scenario-ended",
    scenario: "RD-01",
    attempt: 1,
    verdict: "skipped",
    milliseconds: 0,
    title: { ja: "読取り中にカードを離す", en: "Remove the card while it is read" },
    system: "readers",
    reason: {
      ja: "カードを機械的に離せる読取装置がありません",
      en: "No reader at hand can remove a card by itself",
    },
  });
  main.write(
    {
      type: "run-ended",
      passed: 7,
      failed: 1,
      skipped: 1,
      milliseconds: 2404,
      interrupted: true,
    },
    2400,
  );
  const [start, ...rest] = main.events;
  return [...(start ? [start] : []), ...first.events, ...second.events, ...rest];
}
