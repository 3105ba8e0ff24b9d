/**
 * 署名用電子証明書 (card-facts section 7.3): the four attributes of the holder stand in its
 * SubjectAltName, as other names in the order 1, 4, 3, 5, 2, 6 of their arc.
 *
 * UNVERIFIED: order and presence of CertificatePolicies, IssuerAltName, AuthorityInfoAccess and
 * AuthorityKeyIdentifier, which one source shows by position only.
 */
import type { PublicKey } from "../keys/keys.ts";
import { keyUsage, personalName, subjectAltName, subjectKeyIdentifier } from "./extensions.ts";
import { type Issuer, issuerExtensions } from "./issuer.ts";
import { signSubject } from "./names.ts";
import { birthDateWithEra, type CertifiedPerson, sexCode } from "./personal-data.ts";
import type { CertificateFields } from "./profile.ts";
import type { EndEntityProfile } from "./profile-auth.ts";

export function signFields(
  profile: EndEntityProfile & { readonly person: CertifiedPerson },
  issuer: Issuer,
  key: PublicKey,
): CertificateFields {
  const { municipality, person } = profile;
  return {
    serial: profile.serial,
    issuer: issuer.name,
    notBefore: profile.notBefore,
    notAfter: profile.notAfter,
    subject: signSubject(municipality, profile.commonName),
    publicKey: key.publicKey,
    extensions: [
      keyUsage("digitalSignature", "nonRepudiation"),
      subjectAltName(
        personalName("name", person.name.text),
        personalName("birthDate", birthDateWithEra(person.birthDate)),
        personalName("sex", sexCode(person.sex)),
        personalName("address", person.address.text),
        personalName("nameSubstitutes", person.name.substitutes),
        personalName("addressSubstitutes", person.address.substitutes),
      ),
      ...issuerExtensions(issuer, municipality),
      subjectKeyIdentifier(key.keyIdentifier),
    ],
  };
}
