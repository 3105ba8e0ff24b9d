/** What of an exchange with デジタル認証アプリサービス may be shown in a trace. */
import type { DigitalAuthProfile } from "../../simulator/platform/digital-auth-app/profile.ts";
import { attributeRules, evidenceRules, type FieldRules, FORM, OAUTH_RULES } from "./redaction.ts";

export function digitalAuthRules(profile: DigitalAuthProfile): FieldRules {
  const { scopes, parameters, appFields, signFields, evidenceFields } = profile;
  return {
    ...OAUTH_RULES,
    sub: FORM.identifier,
    acr_values: FORM.codes,
    response_type: FORM.code,
    code_challenge_method: FORM.code,
    ...attributeRules({ ...scopes, birthDate: scopes.birthdate, sex: scopes.gender }),
    [parameters.signTransactionId]: FORM.identifier,
    [parameters.testCard]: FORM.identifier,
    [parameters.outcome]: FORM.code,
    card: FORM.identifier,
    [appFields.certificate]: "‹certificate›",
    [appFields.signature]: "‹signature›",
    ...attributeRules(appFields),
    [appFields.signCertificate]: "‹certificate›",
    [appFields.signSignature]: "‹signature›",
    [signFields.hash]: "‹hash›",
    [signFields.hashFormat]: FORM.code,
    [signFields.id]: FORM.identifier,
    [signFields.signature]: "‹signature›",
    [signFields.certificateJwe]: "‹certificate JWE›",
    [signFields.evidence]: "object",
    [signFields.notice]: "‹notice›",
    ...evidenceRules(evidenceFields),
  };
}
