/** Answers and refusals of カードAP搭載システム in the words of a profile. */
import type { Refusal } from "../refusal.ts";
import { toWire } from "../wire.ts";
import type { LoadingStep } from "./loading-steps.ts";
import type { CardApLoaderProfile } from "./profile.ts";
import type { Inventory, Standing } from "./standing.ts";

export function refusalAnswer(profile: CardApLoaderProfile, { meaning, message }: Refusal) {
  return toWire(profile.answerFields, {
    error: profile.errors[meaning as keyof CardApLoaderProfile["errors"]],
    errorDescription: message,
    notice: profile.notice,
  });
}

export function stepAnswer(profile: CardApLoaderProfile, { result, loading, area }: LoadingStep) {
  return toWire(profile.answerFields, {
    result: profile.results[result],
    loading: loading.id,
    area: profile.areas[area],
    notice: profile.notice,
  });
}

export function deletedAnswer({ answerFields, results, notice }: CardApLoaderProfile) {
  return toWire(answerFields, { result: results.deleted, notice });
}

export function inventoryAnswer(
  profile: CardApLoaderProfile,
  { applications, free, area }: Inventory,
) {
  const { answerFields, results, areas, notice } = profile;
  return toWire(answerFields, {
    result: results.listed,
    applications: applications.map(({ application, standing }) =>
      toWire(answerFields, { application, ...standingFields(profile, standing) }),
    ),
    area: areas[area],
    free,
    notice,
  });
}

export function standingAnswer(profile: CardApLoaderProfile, standing: Standing) {
  const { answerFields, notice } = profile;
  return toWire(answerFields, { ...standingFields(profile, standing), notice });
}

function standingFields({ results, stopReasons }: CardApLoaderProfile, standing: Standing) {
  if (standing.result === "active") return { result: results.active };
  return { result: results.stopped, reason: stopReasons[standing.reason] };
}
