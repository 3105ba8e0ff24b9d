/** What a short campaign finds, for tests that break something on purpose. */
import { campaign } from "../campaign.ts";
import type { FuzzProperty } from "../property.ts";

/** Names of the properties that failed, with what was said of the smallest input. */
export async function found(
  properties: readonly FuzzProperty[],
  runs = 300,
): Promise<Record<string, string>> {
  const { failures } = await campaign(properties, { seed: "test", runs });
  return Object.fromEntries(
    failures.map(({ property, violations }) => [property, violations.join("\n")]),
  );
}
