/**
 * A certification authority: one self-signed certificate, the certificates it issued and what became
 * of them (card-facts sections 7 and 8). It knows the truth of this moment; what the world can see of
 * it, and when, is decided in publication.ts.
 */
import { SimulatorError } from "../../errors.ts";
import { type CertificateView, readCertificate } from "../certificate/certificate.ts";
import type { Issuer } from "../certificate/issuer.ts";
import { makeCertificate } from "../certificate/profile.ts";
import { wholeSeconds } from "../der/asn1.ts";
import type { OwnCaIdentity } from "../environment.ts";
import { publicHalf, type SigningKey, signingKey } from "../keys/keys.ts";
import type { CertificateKind, RevocationReason } from "../status.ts";
import {
  type AuthorityWorld,
  foundCa,
  holderFields,
  type IssueRequest,
  issuerFor,
} from "./issuing.ts";
import { follow, parseReason, type Revocation } from "./revocation.ts";
import {
  type AuthorityState,
  type IssuedCertificate,
  parseAuthorityState,
  type Secrets,
  toAuthorityState,
} from "./state.ts";

/** A fresh certificate with the key pair that was drawn for it. */
export interface IssuedCredential extends IssuedCertificate {
  /** PKCS #8 DER. */
  readonly privateKey: Uint8Array;
}

/** What OCSP answers are signed with. */
export interface ResponderCredential {
  readonly certificate: CertificateView;
  readonly key: SigningKey;
}

export class CertificateAuthority {
  readonly identity: OwnCaIdentity;
  readonly certificate: CertificateView;
  readonly key: SigningKey;
  /** Delegated to answer for this CA. */
  readonly responder: ResponderCredential;
  readonly #world: AuthorityWorld;
  readonly #issuer: Issuer;
  readonly #issued: IssuedCertificate[] = [];
  readonly #bySerial = new Map<number, IssuedCertificate>();
  readonly #log: Revocation[] = [];
  readonly #revoked = new Map<number, Revocation>();

  private constructor(identity: OwnCaIdentity, secrets: Secrets, world: AuthorityWorld) {
    this.identity = identity;
    this.certificate = readCertificate(secrets.certificate);
    this.key = signingKey(secrets.privateKey);
    this.responder = {
      certificate: readCertificate(secrets.responderCertificate),
      key: signingKey(secrets.responderPrivateKey),
    };
    this.#world = world;
    this.#issuer = issuerFor(identity, Number(this.certificate.serial), this.key, world);
  }

  /**
   * Founds a CA: draws two keys, one for itself and one for its OCSP responder.
   *
   * @param notBefore first moment of its ten years; it should lie in the past, so that certificates
   *   of before can be had, and not so far that it ends before they do
   * @param serial of its own certificate; the next of the world when absent
   */
  static async create(
    kind: CertificateKind,
    notBefore: Date,
    world: AuthorityWorld,
    serial = world.serials.take(),
  ): Promise<CertificateAuthority> {
    const { carrier = "card", environment = "test" } = world;
    const identity = { kind, carrier, environment };
    const secrets = await foundCa({ identity, serial, notBefore }, world);
    return new CertificateAuthority(identity, secrets, world);
  }

  /** @throws SimulatorError STATE_INVALID when `state` is not what `state` once gave */
  static restore(state: unknown, world: AuthorityWorld): CertificateAuthority {
    const stored = parseAuthorityState(state);
    const authority = new CertificateAuthority(stored.identity, stored.secrets, world);
    for (const one of stored.issued) authority.#record(one);
    for (const one of stored.revocations) authority.#append(one);
    return authority;
  }

  /** Everything there is to know about this CA, as plain data, private keys included. */
  get state(): AuthorityState {
    return toAuthorityState({
      identity: this.identity,
      secrets: {
        certificate: this.certificate.der,
        privateKey: this.key.privateKey,
        responderCertificate: this.responder.certificate.der,
        responderPrivateKey: this.responder.key.privateKey,
      },
      issued: this.issued,
      revocations: this.#log,
    });
  }

  get kind(): CertificateKind {
    return this.identity.kind;
  }

  /** In the order of issue. */
  get issued(): readonly IssuedCertificate[] {
    return this.#issued;
  }

  /** Every step ever taken, in the order it was recorded. */
  get revocations(): readonly Revocation[] {
    return this.#log;
  }

  has(serial: number): boolean {
    return this.#bySerial.has(serial);
  }

  /** @throws SimulatorError PKI_SERIAL_UNKNOWN */
  find(serial: number): IssuedCertificate {
    const found = this.#bySerial.get(serial);
    if (found === undefined) {
      throw new SimulatorError(
        "PKI_SERIAL_UNKNOWN",
        `the ${this.kind} CA never issued a certificate ${serial}`,
      );
    }
    return found;
  }

  /** What is true of a certificate at this moment, whoever can see it; undefined while it is good. */
  revocation(serial: number): Revocation | undefined {
    this.find(serial);
    return this.#revoked.get(serial);
  }

  /** Draws a key and certifies it, up to the holder's fifth birthday or the end of the card. */
  async issue(request: IssueRequest): Promise<IssuedCredential> {
    const privateKey = await this.#world.keys.next();
    const serial = this.#world.serials.take();
    const key = publicHalf(privateKey);
    const fields = holderFields(serial, request, this.#issuer, key, this.#world);
    const certificate = await makeCertificate(fields, this.key);
    const issued: IssuedCertificate = {
      serial,
      certificate,
      municipalityCode: request.municipality.code,
      issuedAt: fields.notBefore,
      notAfter: fields.notAfter,
    };
    this.#record(issued);
    return { ...issued, privateKey };
  }

  /**
   * Revokes a certificate or puts it on hold.
   *
   * @param at the date that will stand in lists; now, unless said otherwise
   * @throws SimulatorError PKI_SERIAL_UNKNOWN, PKI_REASON_FORBIDDEN, or PKI_ALREADY_REVOKED: a hold
   *   may become final, and nothing else may change
   */
  revoke(serial: number, reason: RevocationReason, at?: Date): Revocation {
    this.find(serial);
    const recordedAt = this.#world.clock.now();
    const revokedAt = wholeSeconds(at ?? recordedAt);
    return this.#append({ serial, reason: parseReason(reason), revokedAt, recordedAt });
  }

  #record(issued: IssuedCertificate): void {
    this.#issued.push(issued);
    this.#bySerial.set(issued.serial, issued);
  }

  #append(step: Revocation): Revocation {
    const revocation = follow(this.#revoked.get(step.serial), step);
    this.#log.push(revocation);
    this.#revoked.set(step.serial, revocation);
    return revocation;
  }
}
