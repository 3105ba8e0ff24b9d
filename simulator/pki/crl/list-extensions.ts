/** What the extensions of a revocation list say (RFC 5280 section 5.2), over pkijs. */
import { Integer } from "asn1js";
import {
  type AuthorityKeyIdentifier,
  type Extension,
  Extensions,
  type GeneralName,
  type IssuingDistributionPoint,
} from "pkijs";
import { decode } from "../der/asn1.ts";
import { derError } from "../der/der.ts";
import { OID } from "../der/oids.ts";

/** What a list with an IssuingDistributionPoint is about. */
export interface ListScope {
  /**
   * Directory entries of its distribution point, DER: none when it has names of another form only.
   * Absent when the list is not tied to a distribution point.
   */
  readonly distributionPoints?: readonly Uint8Array[];
  readonly only: "users" | "cas" | "attributes" | undefined;
  /** Holds certificates of other issuers, too. */
  readonly indirect: boolean;
  /** Holds certificates revoked for some of the reasons only. */
  readonly someReasons: boolean;
}

export interface ListExtensions {
  readonly number?: bigint;
  readonly authorityKeyIdentifier?: Uint8Array;
  readonly scope?: ListScope;
}

const DIRECTORY_NAME = 4;

/**
 * @param der SEQUENCE of extensions
 * @throws SimulatorError PKI_INVALID for a critical extension that is not understood: such a list
 *   must not be used
 */
export function readListExtensions(der: Uint8Array): ListExtensions {
  const { extensions } = new Extensions({ schema: decode(der, "list of extensions") });
  const strange = extensions.find(
    ({ critical, extnID }) => critical && extnID !== OID.issuingDistributionPoint,
  );
  if (strange !== undefined) throw derError(`the critical extension ${strange.extnID}`, 0);
  const valueFor = (type: string): unknown => readable(extensions, type);
  const number = valueFor(OID.crlNumber);
  const authority = valueFor(OID.authorityKeyIdentifier) as AuthorityKeyIdentifier | undefined;
  const point = valueFor(OID.issuingDistributionPoint) as IssuingDistributionPoint | undefined;
  const keyIdentifier = authority?.keyIdentifier?.valueBlock.valueHexView;
  return {
    ...(number instanceof Integer && { number: number.toBigInt() }),
    ...(keyIdentifier && { authorityKeyIdentifier: keyIdentifier }),
    ...(point && { scope: readScope(point) }),
  };
}

/** pkijs does not refuse what it cannot read, it says so inside. */
function readable(extensions: readonly Extension[], type: string): unknown {
  const extension = extensions.find(({ extnID }) => extnID === type);
  if (extension === undefined) return undefined;
  const value = extension.parsedValue as { readonly parsingError?: string } | undefined;
  if (value !== undefined && value.parsingError === undefined) return value;
  throw derError(`an extension ${type} that cannot be read`, 0);
}

function readScope(point: IssuingDistributionPoint): ListScope {
  const { distributionPoint } = point;
  return {
    ...(distributionPoint !== undefined && {
      distributionPoints: Array.isArray(distributionPoint) ? entriesOf(distributionPoint) : [],
    }),
    only: only(point),
    indirect: point.indirectCRL,
    someReasons: point.onlySomeReasons !== undefined,
  };
}

function entriesOf(names: readonly GeneralName[]): Uint8Array[] {
  return names
    .filter(({ type }) => type === DIRECTORY_NAME)
    .map(({ value }) => new Uint8Array(value.valueBeforeDecode));
}

function only(point: IssuingDistributionPoint): ListScope["only"] {
  if (point.onlyContainsUserCerts) return "users";
  if (point.onlyContainsCACerts) return "cas";
  if (point.onlyContainsAttributeCerts) return "attributes";
  return undefined;
}
