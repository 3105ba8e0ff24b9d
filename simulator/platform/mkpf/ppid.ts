/**
 * PPID (Pairwise Pseudonymous Identifier, 仮名識別子): one for each (person, municipal system), so that
 * systems cannot join their users on it (platform-facts 1.5).
 *
 * A PPID is HMAC-SHA-256 (RFC 2104) of the person's key under a secret of the system: nobody can get
 * from one system's PPID to another's without that other secret. What happens at a renewal is the
 * profile's rule, because no public text says.
 */
import { createHmac } from "node:crypto";
import type { LinkedCertificate } from "../person-directory.ts";
import type { PpidRegistration } from "./outcome.ts";
import type { MkpfProfile } from "./profile.ts";
import type { PpidEntry, StoredSystem } from "./state.ts";

export interface PpidRequest {
  readonly system: StoredSystem;
  /** Serial of the certificate shown. */
  readonly serial: string;
  readonly linked: LinkedCertificate;
  readonly now: Date;
}

export type PpidGrant =
  | { readonly ppid: string; readonly registration: PpidRegistration }
  | { readonly pendingSeconds: number };

export class PpidLedger {
  readonly #rules: MkpfProfile["rules"];
  /** By client id, then by person: at most one PPID for each pair. */
  readonly #entries = new Map<string, Map<string, PpidEntry>>();

  constructor(rules: MkpfProfile["rules"], entries: readonly PpidEntry[]) {
    this.#rules = rules;
    for (const entry of entries) this.#put(entry);
  }

  /** Gives the PPID of a person, registering them at their first visit. Asking again changes nothing. */
  grant(request: PpidRequest): PpidGrant {
    const pendingSeconds = this.#linkagePending(request);
    if (pendingSeconds > 0) return { pendingSeconds };
    const { system, serial, linked, now } = request;
    const known = this.#entries.get(system.clientId)?.get(linked.person);
    if (known?.serial === serial) return { ppid: known.ppid, registration: "known" };
    const ppid = this.#ppidOf(request);
    if (known?.ppid === ppid) {
      this.#put({ ...known, serial });
      return { ppid, registration: "known" };
    }
    const { clientId } = system;
    this.#put({ clientId, person: linked.person, serial, ppid, registeredAt: now });
    return { ppid, registration: known === undefined ? "new" : "replaced" };
  }

  /**
   * The PPID a person already has here, for a certificate that may be newer than the one they were
   * registered with. Registers nobody; undefined when a registration is needed first.
   */
  recall(request: PpidRequest): PpidGrant | undefined {
    const { system, linked } = request;
    const known = this.#entries.get(system.clientId)?.get(linked.person);
    if (known === undefined) return undefined;
    const replaced = this.#rules.ppidOnRenewal === "new" && known.serial !== request.serial;
    return replaced ? undefined : this.grant(request);
  }

  /**
   * Forgets that a person uses a system. Somebody who comes back gets the same PPID again, because it
   * follows from the person and the system's secret alone (except under the rule `new`).
   *
   * UNVERIFIED: that the real platform does the same; no public text says (MK-21).
   */
  unlink({ clientId, person }: PpidEntry): void {
    this.#entries.get(clientId)?.delete(person);
  }

  /** Who a PPID of this system stands for; undefined also for another system's PPID. */
  find(clientId: string, ppid: string): PpidEntry | undefined {
    const entries = this.#entries.get(clientId)?.values() ?? [];
    return [...entries].find((entry) => entry.ppid === ppid);
  }

  all(): readonly PpidEntry[] {
    return [...this.#entries.values()].flatMap((persons) => [...persons.values()]);
  }

  #put(entry: PpidEntry): void {
    const persons = this.#entries.get(entry.clientId) ?? new Map<string, PpidEntry>();
    this.#entries.set(entry.clientId, persons.set(entry.person, entry));
  }

  /** Seconds until a renewed certificate can be linked with the one it replaced; 0 when it can be. */
  #linkagePending({ linked, now }: PpidRequest): number {
    if (this.#rules.ppidOnRenewal !== "keep-after-delay" || linked.previous === undefined) return 0;
    const linkable = linked.issuedAt.getTime() + this.#rules.linkageDelayMinutes * 60_000;
    return Math.max(0, Math.ceil((linkable - now.getTime()) / 1000));
  }

  #ppidOf({ system, serial, linked }: PpidRequest): string {
    const hmac = createHmac("sha256", Buffer.from(system.ppidSecret, "hex"));
    hmac.update(linked.person, "utf8");
    // A separator no person key can contain, so that no key and serial run together.
    if (this.#rules.ppidOnRenewal === "new") hmac.update(`\0${serial}`, "utf8");
    return hmac.digest("base64url");
  }
}
