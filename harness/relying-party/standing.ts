/**
 * How a built-in relying party stands with its platform: registered once, remembered, and registered
 * again when the platform has forgotten it because its world began anew.
 */
export interface StandingOptions<Standing> {
  /** What was remembered, if anything. */
  readonly remembered: () => Standing | undefined;
  /** Whether the platform still knows it. */
  readonly isKnown: (standing: Standing) => boolean;
  /** Applies to the platform, and remembers what it was given. */
  readonly apply: () => Promise<Standing>;
}

/** @returns what to ask before each dealing with the platform */
export function standingWith<Standing>({
  remembered,
  isKnown,
  apply,
}: StandingOptions<Standing>): () => Promise<Standing> {
  let applying: Promise<Standing> | undefined;
  return async () => {
    const standing = remembered();
    if (standing !== undefined && isKnown(standing)) return standing;
    applying ??= apply().finally(() => {
      applying = undefined;
    });
    return applying;
  };
}
