/**
 * Function 5, 署名用電子証明書 status: has what the 署名用 certificate states (name, address) changed
 * since this user was registered? Asked of the CRL only (platform-facts 1.2, 5.3).
 *
 * UNVERIFIED: which of a person's 署名用 certificates the real platform looks at. Here all of them
 * count, and only revocations since the registration: a user who moves and has a new certificate made
 * the same day would otherwise never be noticed, and one who moved years before would be for ever.
 */
import { type CertificateChecker, type SettledVerdict, settleVerdict } from "../checker.ts";
import type { PersonDirectory } from "../person-directory.ts";
import type { SignStatusOutcome } from "./outcome.ts";
import type { PpidEntry } from "./state.ts";

export interface SignStatusWorld {
  readonly checker: CertificateChecker;
  readonly people: PersonDirectory;
}

export async function judgeSignStatus(
  world: SignStatusWorld,
  user: PpidEntry,
): Promise<SignStatusOutcome> {
  const certificates = lookUp(world.people, user.person);
  if (certificates === undefined) return { status: "unconfirmed" };
  const verdicts = await Promise.all(
    certificates.map((certificate) =>
      settleVerdict(world.checker, { certificate, method: "crl", kind: "sign" }),
    ),
  );
  return conclude(verdicts, user.registeredAt);
}

function conclude(verdicts: readonly SettledVerdict[], registeredAt: Date): SignStatusOutcome {
  const [newest] = verdicts;
  if (newest === undefined) return { status: "none" };
  for (const verdict of verdicts) {
    if (verdict.verdict === "revoked" && tellsOfChange(verdict, registeredAt)) {
      return { status: "maybeChanged", revokedAt: verdict.revokedAt, evidence: verdict.evidence };
    }
  }
  if (verdicts.some(({ verdict }) => verdict === "unchecked")) return { status: "unconfirmed" };
  switch (newest.verdict) {
    case "valid":
      return { status: "unchanged", evidence: newest.evidence };
    case "revoked":
      return { status: "lapsed", evidence: newest.evidence };
    case "expired":
      return { status: "lapsed" };
    default:
      return { status: "unconfirmed" };
  }
}

function tellsOfChange(
  { reason, revokedAt }: Extract<SettledVerdict, { verdict: "revoked" }>,
  registeredAt: Date,
): boolean {
  // A list tells whole seconds only (RFC 5280 section 4.1.2.5), so a change counts from the second on.
  const since = Math.floor(registeredAt.getTime() / 1000) * 1000;
  return reason === "affiliationChanged" && revokedAt.getTime() >= since;
}

function lookUp(people: PersonDirectory, person: string): readonly Uint8Array[] | undefined {
  try {
    return people.signCertificatesOf(person);
  } catch {
    return undefined;
  }
}
