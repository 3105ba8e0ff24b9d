/**
 * The platform's key set as a service keeps it: fetched once, believed for five minutes, and fetched
 * anew before that only when an ID token names a key that is not among them (OpenID Connect Core
 * section 10.1.1). Once for each token: one that names a key nobody has is no reason to go on asking.
 */
import {
  type Configuration,
  type ExportedJWKSCache,
  getJwksCache,
  setJwksCache,
} from "openid-client";

const BELIEVED_SECONDS = 300;
/** openid-client looks for a missing key in a set of this age, and not in a younger one. */
const OLD_ENOUGH_SECONDS = 60;

export class KeySetMemory {
  #kept: ExportedJWKSCache | undefined;

  /** Lets a login go by the keys of an earlier one. */
  lend(configuration: Configuration): void {
    if (this.#kept === undefined || now() - this.#kept.uat >= BELIEVED_SECONDS) return;
    const uat = Math.min(this.#kept.uat, now() - OLD_ENOUGH_SECONDS);
    setJwksCache(configuration, { jwks: this.#kept.jwks, uat });
  }

  /** Keeps the keys a login has fetched, if it has. */
  keep(configuration: Configuration): void {
    const used = getJwksCache(configuration);
    const isNew = used !== undefined && now() - used.uat < OLD_ENOUGH_SECONDS;
    if (isNew) this.#kept = used;
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
