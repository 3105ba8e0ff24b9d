/** What the extensions of a revocation list say (RFC 5280 section 5.2), over pkijs. */
import { Integer } from "asn1js";
import { type AuthorityKeyIdentifier, Extensions } from "pkijs";
import { issuingPointIn } from "../certificate/distribution-points.ts";
import { extensionValue } from "../certificate/extension-value.ts";
import { decode } from "../der/asn1.ts";
import { derError } from "../der/der.ts";
import { OID } from "../der/oids.ts";
import { TAG } from "../der/tags.ts";
import { children, expectSpan } from "../der/values.ts";

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

/**
 * @param der SEQUENCE of extensions
 * @param issuer of the list, DER
 * @throws SimulatorError PKI_INVALID for a critical extension that is not understood: such a list
 *   must not be used
 */
export function readListExtensions(der: Uint8Array, issuer: Uint8Array): ListExtensions {
  const { extensions } = new Extensions({ schema: decode(der, "list of extensions") });
  const strange = extensions.find(
    ({ critical, extnID }) => critical && extnID !== OID.issuingDistributionPoint,
  );
  if (strange !== undefined) throw derError(`the critical extension ${strange.extnID}`, 0);
  const extensionOf = <T>(type: string): T | undefined => {
    const extension = extensions.find(({ extnID }) => extnID === type);
    return extension && extensionValue<T>(extension);
  };
  const number = extensionOf<unknown>(OID.crlNumber);
  const authority = extensionOf<AuthorityKeyIdentifier>(OID.authorityKeyIdentifier);
  const keyIdentifier = authority?.keyIdentifier?.valueBlock.valueHexView;
  const point = extensions.find(({ extnID }) => extnID === OID.issuingDistributionPoint);
  return {
    ...(number instanceof Integer && { number: number.toBigInt() }),
    ...(keyIdentifier && { authorityKeyIdentifier: keyIdentifier }),
    ...(point && { scope: readScope(point.extnValue.valueBlock.valueHexView, issuer) }),
  };
}

/** Context-specific tags of IssuingDistributionPoint, behind the name of the point. */
const ONLY = { users: 0x81, cas: 0x82, attributes: 0x85 } as const;
const SOME_REASONS = 0x83;
const INDIRECT = 0x84;

/** By hand, because pkijs does not read a name that is relative to the issuer's. */
function readScope(value: Uint8Array, issuer: Uint8Array): ListScope {
  const distributionPoints = issuingPointIn(value, issuer);
  const fields = children(value, expectSpan(value, 0, value.length, TAG.sequence));
  const says = (tag: number) => fields.some((one) => one.tag === tag && value[one.start] !== 0);
  return {
    ...(distributionPoints && { distributionPoints }),
    only: (Object.keys(ONLY) as (keyof typeof ONLY)[]).find((part) => says(ONLY[part])),
    indirect: says(INDIRECT),
    someReasons: fields.some(({ tag }) => tag === SOME_REASONS),
  };
}
