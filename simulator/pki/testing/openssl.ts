/**
 * OpenSSL 3 as a witness: what openssl-verify(1), openssl-crl(1) and openssl-ocsp(1) say of many
 * certificates at once, in the words of corpus.ts.
 */
import { execFile, spawnSync } from "node:child_process";
import { wordsFor } from "./corpus.ts";

export function hasOpenssl(): boolean {
  return spawnSync("openssl", ["version"]).status === 0;
}

/** Both streams, one after the other; OpenSSL says some things on one and some on the other. */
export function openssl(...args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile("openssl", args, { maxBuffer: 2 ** 26 }, (_error, stdout, stderr) => {
      resolve(stdout + stderr);
    });
  });
}

/** `/tmp/x/01AB.pem: OK`, or `error 23 at 0 depth lookup: …` and then `error /tmp/x/01AB.pem: …`. */
const VERIFIED = /^(?:error (\d+) at 0 depth lookup.*\n(?:.*\n)*?error )?\S*?([0-9A-F]+)\.pem: /gm;

/** Serial number to `OK` or the number of the error (openssl-verification-options(1)). */
export function readVerification(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(VERIFIED)].map(([, error = "OK", serial = ""]) => [serial, error]),
  );
}

/** Entries of `openssl crl -text`, each up to the next. */
const ENTRY =
  /Serial Number: ([0-9A-F]+)\n\s+Revocation Date: (.*)\n((?:(?!\s+Serial Number).*\n)*)/g;

/** Serial number to words, of a list as `openssl crl -text` shows it. */
export function readListText(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(ENTRY)].map(([, serial = "", date = "", extensions = ""]) => {
      const [, shown = "Unspecified"] =
        /X509v3 CRL Reason Code:\s*\n\s+(.*)\n/.exec(extensions) ?? [];
      return [serial, wordsFor(camelCase(shown), new Date(date))];
    }),
  );
}

/** `0x01AB: revoked`, and below it what else is known, indented. */
const ANSWER = /^\S*?([0-9A-F]+)(?:\.pem)?: (good|revoked|unknown)\n((?:\s+.*\n)*)/gm;

/** Serial number to words, of what `openssl ocsp` prints. */
export function readAnswers(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(ANSWER)].map(([, serial = "", status = "", details = ""]) => {
      if (status !== "revoked") return [serial, status];
      const [, reason = "unspecified"] = /Reason: (\w+)/.exec(details) ?? [];
      const [, date = ""] = /Revocation Time: (.*)/.exec(details) ?? [];
      return [serial, wordsFor(reason, new Date(date))];
    }),
  );
}

/** `CA Compromise` is cACompromise. */
function camelCase(shown: string): string {
  const [first = "", ...rest] = shown.split(" ");
  const head = first === "CA" ? "cA" : first.toLowerCase();
  return head + rest.map((word) => word[0]?.toUpperCase() + word.slice(1)).join("");
}
