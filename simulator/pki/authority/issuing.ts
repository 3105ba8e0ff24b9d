/**
 * What a CA puts its signature under: its own certificate, that of its OCSP responder, and those of
 * holders, with the dates and names that follow from who asks (card-facts sections 7.1 to 7.4).
 */
import type { Clock } from "../../clock.ts";
import { SimulatorError } from "../../errors.ts";
import type { Random } from "../../random.ts";
import { authCommonName, signCommonName } from "../certificate/common-names.ts";
import type { Issuer } from "../certificate/issuer.ts";
import { type CertificateMunicipality, caName } from "../certificate/names.ts";
import { type CertifiedPerson, requireAddressFits } from "../certificate/personal-data.ts";
import { type CertificateFields, makeCertificate } from "../certificate/profile.ts";
import { authFields } from "../certificate/profile-auth.ts";
import { type CaProfile, caFields } from "../certificate/profile-ca.ts";
import { responderFields } from "../certificate/profile-responder.ts";
import { signFields } from "../certificate/profile-sign.ts";
import { wholeSeconds } from "../der/asn1.ts";
import { type Carrier, type OwnCaIdentity, policyOf } from "../environment.ts";
import { birthdayAfter, endOfJstDay, jstDay } from "../jst.ts";
import type { KeySource } from "../keys/key-pool.ts";
import { type PublicKey, signingKey } from "../keys/keys.ts";
import type { SerialCounter } from "./serials.ts";
import type { Secrets } from "./state.ts";

const BIRTHDAYS = 5;

/** What a CA needs from the world around it. */
export interface AuthorityWorld {
  readonly keys: KeySource;
  readonly clock: Clock;
  readonly random: Random;
  /** Shared by all CAs of a world. */
  readonly serials: SerialCounter;
  /** Address of the OCSP responder for cards, for AuthorityInfoAccess. */
  readonly ocspUrl: string;
  /** The same for smartphones; `ocspUrl` with `-smartphone` behind it when absent. */
  readonly smartphoneOcspUrl?: string;
  /** Address of the practice statement. */
  readonly cpsUrl?: string;
  /** Default `card`. */
  readonly carrier?: Carrier;
  /** Default `test`. */
  readonly environment?: OwnCaIdentity["environment"];
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

/** Draws the keys of a new CA and its responder, and signs both certificates. */
export async function foundCa(
  { identity, serial, notBefore: founded }: CaProfile & { readonly identity: OwnCaIdentity },
  world: AuthorityWorld,
): Promise<Secrets> {
  const key = signingKey(await world.keys.next());
  const own = caFields({ identity, serial, notBefore: wholeSeconds(founded) }, key);
  const { notBefore, notAfter } = own;
  const responderKey = signingKey(await world.keys.next());
  const responder = responderFields(
    { serial: world.serials.take(), notBefore, notAfter },
    issuerFor(identity, serial, key, world),
    responderKey,
  );
  return {
    certificate: await makeCertificate(own, key),
    privateKey: key.privateKey,
    responderCertificate: await makeCertificate(responder, key),
    responderPrivateKey: responderKey.privateKey,
  };
}

export function issuerFor(
  identity: OwnCaIdentity,
  serial: number,
  { keyIdentifier }: PublicKey,
  world: AuthorityWorld,
): Issuer {
  return {
    identity,
    name: caName(identity),
    serial,
    keyIdentifier,
    policy: policyOf(identity),
    // `.test` is nobody's (RFC 6761), and nothing reads the statement.
    cpsUrl: world.cpsUrl ?? "http://www.jpki.test/cps.html",
    ocspUrl: identity.carrier === "card" ? world.ocspUrl : smartphoneOcspUrl(world),
  };
}

function smartphoneOcspUrl({ ocspUrl, smartphoneOcspUrl }: AuthorityWorld): string {
  return smartphoneOcspUrl ?? `${ocspUrl}-smartphone`;
}

/** The certificate of a holder, ready to be signed. */
export function holderFields(
  serial: number,
  request: IssueRequest,
  issuer: Issuer,
  key: PublicKey,
  world: AuthorityWorld,
): CertificateFields {
  const { municipality, person } = request;
  const notBefore = wholeSeconds(request.at ?? world.clock.now());
  const profile = { serial, notBefore, notAfter: lastSecond(notBefore, request), municipality };
  const random = world.random.fork(`common-name/${serial}`);
  if (issuer.identity.kind === "auth") {
    const commonName = authCommonName(municipality.code, random);
    return authFields({ ...profile, commonName }, issuer, key);
  }
  requireAddressFits(person.address);
  const commonName = signCommonName(municipality.code, notBefore, random);
  return signFields({ ...profile, commonName, person }, issuer, key);
}

/** The fifth birthday or the end of the card, whichever comes first. */
function lastSecond(notBefore: Date, request: IssueRequest): Date {
  const today = jstDay(notBefore);
  if (request.cardExpiry < today) {
    throw new SimulatorError("PKI_INVALID", `the card ended on ${request.cardExpiry}`);
  }
  const birthday = birthdayAfter(request.person.birthDate, today, BIRTHDAYS);
  const [first = birthday] = [birthday, request.cardExpiry].sort();
  return endOfJstDay(first);
}
