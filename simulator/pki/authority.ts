/**
 * A certification authority: one self-signed certificate, the certificates it issued and what became
 * of them (card-facts sections 7 and 8). It knows the truth of this moment; what the world can see of
 * it, and when, is decided in publication.ts.
 */
import type { Clock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import type { Random } from "../random.ts";
import { wholeSeconds } from "./asn1.ts";
import {
  type AuthorityState,
  type IssuedCertificate,
  parseAuthorityState,
  type Secrets,
  toAuthorityState,
} from "./authority-state.ts";
import { type CertificateView, readCertificate } from "./certificate.ts";
import { authCommonName, signCommonName } from "./common-names.ts";
import { birthdayAfter, endOfJstDay, jstDay } from "./jst.ts";
import type { KeySource } from "./key-pool.ts";
import { type SigningKey, signingKey } from "./keys.ts";
import { type CertificateMunicipality, caName } from "./names.ts";
import { type Policies, TEST_POLICIES } from "./oids.ts";
import { type CertifiedPerson, requireAddressFits } from "./personal-data.ts";
import { type CertificateFields, makeCertificate } from "./profile.ts";
import { authFields, type Issuer } from "./profile-auth.ts";
import { caFields } from "./profile-ca.ts";
import { responderFields } from "./profile-responder.ts";
import { signFields } from "./profile-sign.ts";
import { follow, parseReason, type Revocation } from "./revocation.ts";
import type { SerialCounter } from "./serials.ts";
import type { CertificateKind, RevocationReason } from "./status.ts";

const BIRTHDAYS = 5;

/** What a CA needs from the world around it. */
export interface AuthorityWorld {
  readonly keys: KeySource;
  readonly clock: Clock;
  readonly random: Random;
  /** Shared by all CAs of a world. */
  readonly serials: SerialCounter;
  /** Address of the OCSP responder, for AuthorityInfoAccess. */
  readonly ocspUrl: string;
  /** Address of the practice statement. */
  readonly cpsUrl?: string;
  readonly policies?: Policies;
}

export interface IssueRequest {
  readonly municipality: CertificateMunicipality;
  /** A 利用者証明用 certificate takes no more of it than the birth date, for its validity. */
  readonly person: CertifiedPerson;
  /** Last day of the card, YYYYMMDD; a certificate never outlives it. */
  readonly cardExpiry: string;
  /** Now, unless a certificate from the past is wanted. */
  readonly at?: Date;
}

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
  readonly kind: CertificateKind;
  readonly certificate: CertificateView;
  readonly key: SigningKey;
  /** Delegated to answer for this CA. */
  readonly responder: ResponderCredential;
  readonly #world: AuthorityWorld;
  readonly #issued = new Map<number, IssuedCertificate>();
  readonly #log: Revocation[] = [];
  readonly #revoked = new Map<number, Revocation>();

  private constructor(kind: CertificateKind, secrets: Secrets, world: AuthorityWorld) {
    this.kind = kind;
    this.certificate = readCertificate(secrets.certificate);
    this.key = signingKey(secrets.privateKey);
    this.responder = {
      certificate: readCertificate(secrets.responderCertificate),
      key: signingKey(secrets.responderPrivateKey),
    };
    this.#world = world;
  }

  /**
   * Founds a CA: draws two keys, one for itself and one for its OCSP responder.
   *
   * @param notBefore first moment of its ten years; it should lie in the past, so that certificates
   *   of before can be had, and not so far that it ends before they do
   */
  static async create(
    kind: CertificateKind,
    notBefore: Date,
    world: AuthorityWorld,
  ): Promise<CertificateAuthority> {
    const key = signingKey(await world.keys.next());
    const serial = world.serials.take();
    const own = caFields({ kind, serial, notBefore: wholeSeconds(notBefore) }, key);
    const issuer = asIssuer(kind, serial, key.keyIdentifier, world);
    const responderKey = signingKey(await world.keys.next());
    const { notAfter } = own;
    const profile = { kind, serial: world.serials.take(), notBefore: own.notBefore, notAfter };
    const responder = responderFields(profile, issuer, responderKey);
    const secrets: Secrets = {
      certificate: await makeCertificate(own, key),
      privateKey: key.privateKey,
      responderCertificate: await makeCertificate(responder, key),
      responderPrivateKey: responderKey.privateKey,
    };
    return new CertificateAuthority(kind, secrets, world);
  }

  /** @throws SimulatorError STATE_INVALID when `state` is not what `state` once gave */
  static restore(state: unknown, world: AuthorityWorld): CertificateAuthority {
    const stored = parseAuthorityState(state);
    const authority = new CertificateAuthority(stored.kind, stored.secrets, world);
    for (const one of stored.issued) authority.#issued.set(one.serial, one);
    for (const one of stored.revocations) authority.#append(one);
    return authority;
  }

  /** Everything there is to know about this CA, as plain data, private keys included. */
  get state(): AuthorityState {
    return toAuthorityState({
      kind: this.kind,
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

  /** In the order of issue. */
  get issued(): readonly IssuedCertificate[] {
    return [...this.#issued.values()];
  }

  /** Every step ever taken, in the order it was recorded. */
  get revocations(): readonly Revocation[] {
    return this.#log;
  }

  has(serial: number): boolean {
    return this.#issued.has(serial);
  }

  /** @throws SimulatorError PKI_SERIAL_UNKNOWN */
  find(serial: number): IssuedCertificate {
    const found = this.#issued.get(serial);
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
    const key = signingKey(await this.#world.keys.next());
    const serial = this.#world.serials.take();
    const fields = this.#fields(serial, request, key);
    const certificate = await makeCertificate(fields, this.key);
    const issued: IssuedCertificate = {
      serial,
      certificate,
      municipalityCode: request.municipality.code,
      issuedAt: fields.notBefore,
      notAfter: fields.notAfter,
    };
    this.#issued.set(serial, issued);
    return { ...issued, privateKey: key.privateKey };
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

  #append(step: Revocation): Revocation {
    const revocation = follow(this.#revoked.get(step.serial), step);
    this.#log.push(revocation);
    this.#revoked.set(step.serial, revocation);
    return revocation;
  }

  #fields(serial: number, request: IssueRequest, key: SigningKey): CertificateFields {
    const { municipality, person } = request;
    const notBefore = wholeSeconds(request.at ?? this.#world.clock.now());
    const profile = { serial, notBefore, notAfter: lastSecond(notBefore, request), municipality };
    const issuer = asIssuer(
      this.kind,
      Number(this.certificate.serial),
      this.key.keyIdentifier,
      this.#world,
    );
    const random = this.#world.random.fork(`common-name/${serial}`);
    if (this.kind === "auth") {
      const commonName = authCommonName(municipality.code, random);
      return authFields({ ...profile, commonName }, issuer, key);
    }
    requireAddressFits(person.address);
    const commonName = signCommonName(municipality.code, notBefore, random);
    return signFields({ ...profile, commonName, person }, issuer, key);
  }
}

function lastSecond(notBefore: Date, request: IssueRequest): Date {
  const today = jstDay(notBefore);
  if (request.cardExpiry < today) {
    throw new SimulatorError("PKI_INVALID", `the card ended on ${request.cardExpiry}`);
  }
  const birthday = birthdayAfter(request.person.birthDate, today, BIRTHDAYS);
  const [first = birthday] = [birthday, request.cardExpiry].sort();
  return endOfJstDay(first);
}

function asIssuer(
  kind: CertificateKind,
  serial: number,
  keyIdentifier: Uint8Array,
  world: AuthorityWorld,
): Issuer {
  return {
    name: caName(kind),
    serial,
    keyIdentifier,
    policy: (world.policies ?? TEST_POLICIES)[kind],
    // `.test` is nobody's (RFC 6761), and nothing reads the statement.
    cpsUrl: world.cpsUrl ?? "http://www.jpki.test/cps.html",
    ocspUrl: world.ocspUrl,
  };
}
