/** PINs, keys and challenges: their data is never shown (card-facts sections 3, 4 and 6). */
import type { Bilingual } from "../../../reports/index.ts";
import {
  header,
  hide,
  marker,
  named,
  type Reading,
  type SentCommand,
  whole,
  words,
} from "./reading.ts";
import { reference } from "./target.ts";
import { both, type CardView } from "./view.ts";

/** No size: the length of a PIN is part of the secret. */
const PIN = marker("PIN");

/** VERIFY; without data it only asks how many tries are left. */
export function verify(command: SentCommand, view: CardView): Reading | undefined {
  const target = reference(view, command.p2);
  if (command.p1 !== 0 || target === undefined) return undefined;
  const label = named("VERIFY", target.file.name);
  // A client that forgets Lc sends its PIN where Le is read; only zeros are certain to be none.
  const query = command.bytes.subarray(4).every((byte) => byte === 0);
  return {
    label: query ? { ja: `${label.ja} 残り回数`, en: `${label.en}, tries left` } : label,
    command: query ? whole(command) : words(header(command), PIN),
    response: (data) => hide("応答", data),
    after: target.after,
  };
}

export function changeReferenceData(command: SentCommand, view: CardView): Reading | undefined {
  return change("CHANGE REFERENCE DATA", command, view);
}

export function changeKey(command: SentCommand, view: CardView): Reading | undefined {
  return change("CHANGE KEY", command, view);
}

function change(verb: string, command: SentCommand, view: CardView): Reading | undefined {
  const target = reference(view, command.p2);
  if (command.p1 > 1 || target === undefined) return undefined;
  return {
    label: named(verb, target.file.name),
    command: words(header(command), PIN),
    response: (data) => hide("応答", data),
    after: target.after,
  };
}

/** P1 is one of six ways to hash and pad; P2 names the key, or 00 for the application's own. */
export function computeSignature(command: SentCommand, view: CardView): Reading | undefined {
  if (command.p1 > 5) return undefined;
  const signing = (key: Bilingual, after: Reading["after"]): Reading => ({
    label: named("COMPUTE DIGITAL SIGNATURE", key),
    command: words(header(command), hide("署名対象", command.data)),
    response: (data) => hide("署名", data),
    after,
  });
  if (command.p2 === 0) return signing(ownKey(view), () => view);
  const target = reference(view, command.p2);
  return target && signing(target.file.name, target.after);
}

function ownKey(view: CardView): Bilingual {
  return view.application?.ownKey ?? { ja: "不明な鍵", en: "unknown key" };
}

export function internalAuthenticate(command: SentCommand, view: CardView): Reading | undefined {
  if (command.p1 !== 0) return undefined;
  return exchange("INTERNAL AUTHENTICATE", command, view, "チャレンジ", "認証データ");
}

export function externalAuthenticate(command: SentCommand, view: CardView): Reading | undefined {
  if (command.p1 !== 0) return undefined;
  return exchange("EXTERNAL AUTHENTICATE", command, view, "認証データ", "応答");
}

export function getChallenge(command: SentCommand, view: CardView): Reading | undefined {
  if (command.p1 !== 0 || command.p2 !== 0 || command.data.length > 0) return undefined;
  return { ...exchange("GET CHALLENGE", command, view, "", "乱数"), command: whole(command) };
}

export function terminalCertificate(command: SentCommand, view: CardView): Reading | undefined {
  const part = (command.p1 << 8) | command.p2;
  if (part !== 0x06c1 && part !== 0x00c1) return undefined;
  return exchange("VERIFY CERTIFICATE", command, view, "端末証明書", "応答");
}

export function setSessionKey(command: SentCommand, view: CardView): Reading | undefined {
  if (command.p1 !== 0 || command.p2 !== 0) return undefined;
  return exchange("SET SESSION KEY", command, view, "セッション鍵", "応答");
}

/** Data one way, data the other way, and the selection stays. */
function exchange(
  verb: string,
  command: SentCommand,
  view: CardView,
  sent: string,
  received: string,
): Reading {
  return {
    label: both(verb),
    command: words(header(command), hide(sent, command.data)),
    response: (data) => hide(received, data),
    after: () => view,
  };
}
