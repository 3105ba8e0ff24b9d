/**
 * Directory entries that a distribution point names (RFC 5280 sections 4.2.1.13 and 5.2.5), in
 * certificates and in lists: whole, as JPKI does, or relative to the name of whoever issues the list.
 * Read by hand, because pkijs does not read relative names.
 */
import { concat } from "../../iso7816/index.ts";
import { derObject, type Span } from "../der/der.ts";
import { TAG } from "../der/tags.ts";
import { children, expectSpan } from "../der/values.ts";

/** Context-specific tags of DistributionPoint, DistributionPointName and GeneralName. */
const POINT_NAME = 0xa0;
const FULL_NAME = 0xa0;
const RELATIVE_NAME = 0xa1;
const DIRECTORY_NAME = 0xa4;

/**
 * Of all points in a CRLDistributionPoints extension.
 *
 * @param value of the extension, DER
 * @param issuer of the certificate, DER
 * @throws SimulatorError PKI_INVALID
 */
export function distributionPointsIn(value: Uint8Array, issuer: Uint8Array): Uint8Array[] {
  const points = children(value, expectSpan(value, 0, value.length, TAG.sequence));
  return points.flatMap((point) => namesOf(value, point, issuer) ?? []);
}

/**
 * Of the one point in an IssuingDistributionPoint extension; undefined when it names none, and empty
 * when it has names of another form only.
 *
 * @param value of the extension, DER
 * @param issuer of the list, DER
 * @throws SimulatorError PKI_INVALID
 */
export function issuingPointIn(value: Uint8Array, issuer: Uint8Array): Uint8Array[] | undefined {
  return namesOf(value, expectSpan(value, 0, value.length, TAG.sequence), issuer);
}

/** @param point DistributionPoint or IssuingDistributionPoint: a name is the first thing in both */
function namesOf(der: Uint8Array, point: Span, issuer: Uint8Array): Uint8Array[] | undefined {
  const named = children(der, point).find(({ tag }) => tag === POINT_NAME);
  if (named === undefined) return undefined;
  return children(der, named).flatMap((choice) => {
    if (choice.tag === RELATIVE_NAME)
      return [below(issuer, der.subarray(choice.start, choice.end))];
    return choice.tag === FULL_NAME ? directoryEntries(der, choice) : [];
  });
}

function directoryEntries(der: Uint8Array, names: Span): Uint8Array[] {
  return children(der, names)
    .filter(({ tag }) => tag === DIRECTORY_NAME)
    .map(({ start, end }) => der.slice(start, end));
}

/** The name one step below another. @param step attributes of the step, DER */
function below(name: Uint8Array, step: Uint8Array): Uint8Array {
  const { start, end } = expectSpan(name, 0, name.length, TAG.sequence);
  return derObject(TAG.sequence, concat(name.subarray(start, end), derObject(TAG.set, step)));
}
