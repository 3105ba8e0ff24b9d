/** What of an exchange with MKPF may be shown in a trace, by the names of its profile. */
import type { MkpfProfile } from "../../simulator/platform/mkpf/profile.ts";
import { attributeRules, evidenceRules, type FieldRules, FORM, OAUTH_RULES } from "./redaction.ts";

export function mkpfRules(profile: MkpfProfile): FieldRules {
  const { requestFields, answerFields, evidenceFields, readingFields, claims } = profile;
  return {
    ...OAUTH_RULES,
    [requestFields.certificate]: "‹certificate›",
    [requestFields.method]: FORM.code,
    [requestFields.challenge]: "‹challenge›",
    [requestFields.signature]: "‹signature›",
    [requestFields.ppid]: FORM.identifier,
    [answerFields.result]: FORM.code,
    [answerFields.reason]: FORM.code,
    [answerFields.ppid]: FORM.identifier,
    [answerFields.registration]: FORM.code,
    [answerFields.revocationReason]: FORM.code,
    [answerFields.revokedAt]: FORM.time,
    [answerFields.proof]: FORM.code,
    [answerFields.retryAfterSeconds]: FORM.number,
    [answerFields.evidence]: "object",
    [answerFields.error]: FORM.code,
    [answerFields.errorDescription]: FORM.sentence,
    [answerFields.notice]: "‹notice›",
    ...attributeRules(readingFields),
    [readingFields.birthDateKey]: "‹生年月日PIN›",
    [readingFields.authenticity]: FORM.code,
    [claims.ppid]: FORM.identifier,
    ...attributeRules(claims),
    [claims.evidence]: "object",
    [profile.counterModes.parameter]: FORM.code,
    auth_pin: "‹PIN›",
    text_pin: "‹PIN›",
    card: FORM.identifier,
    decision: FORM.code,
    ...evidenceRules(evidenceFields),
  };
}
