/** Checks a platform's profile, and keeps apart what is wrong where. */
import type { z } from "zod";
import { SimulatorError } from "../errors.ts";
import type { JsonPath } from "./json-positions.ts";

export interface ProfileIssue {
  /** From the top of the profile: `["paths", "validity"]`. */
  readonly path: JsonPath;
  readonly message: string;
}

/** PLATFORM_PROFILE_INVALID with every place that does not fit. */
export class ProfileError extends SimulatorError {
  override readonly name = "ProfileError";
  readonly issues: readonly ProfileIssue[];

  constructor(platform: string, issues: readonly ProfileIssue[]) {
    const places = issues.map(({ path, message }) => `${fieldName(path)}: ${message}`);
    super(
      "PLATFORM_PROFILE_INVALID",
      `the profile of ${platform} does not fit: ${places.join("; ")}`,
    );
    this.issues = issues;
  }
}

/** @throws ProfileError PLATFORM_PROFILE_INVALID */
export function parseProfile<Profile>(
  schema: z.ZodType<Profile>,
  value: unknown,
  platform: string,
): Profile {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ProfileError(platform, parsed.error.issues.flatMap(issuesOf));
}

/** `paths.validity`; the profile itself when the path is empty. */
export function fieldName(path: JsonPath): string {
  return path.length === 0 ? "(profile)" : path.join(".");
}

function issuesOf(issue: z.core.$ZodIssue): ProfileIssue[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({ path: [...path, key], message: "there is no such entry" }));
}
