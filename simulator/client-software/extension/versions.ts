/** Versions as manifests write them: numbers with dots between, missing ones count as 0. */
import { ClientSoftwareError } from "../error.ts";

/** @throws ClientSoftwareError `reason` with both versions when `found` is older than `needed` */
export function requireVersion(
  found: string,
  needed: string,
  reason: "extensionOutdated" | "applicationOutdated",
): void {
  if (!isOlder(found, needed)) return;
  throw new ClientSoftwareError(reason, { found, needed });
}

function isOlder(found: string, needed: string): boolean {
  const [have, want] = [numbers(found), numbers(needed)];
  const first = want.findIndex((number, i) => number !== (have[i] ?? 0));
  return first >= 0 && (have[first] ?? 0) < (want[first] ?? 0);
}

function numbers(version: string): number[] {
  return version.split(".").map(Number);
}
