/** Whether a scenario that was struck by a disaster ended as it must. */
import type { DisasterLink } from "./links.ts";
import type { Disaster, Strike } from "./plan.ts";
import type { Course } from "./round.ts";

/** Milliseconds an exchange may take: to sign or authenticate, and for everything else. */
const DEADLINE = { signing: 15_000, other: 5_000 } as const;
const SIGNING = /^..(2A|88)/;
/** Milliseconds for letting go of what is broken, and for the verdict to be written. */
const MARGIN = 5_000;
/** Milliseconds the event loop may stand still. */
export const STALL_MAX = 100;

/**
 * What a scenario may fail with that is struck: the link's error, its session being over, or that the
 * card cannot be put back (SERIAL_UNREACHABLE: the emulated reader has lost its line).
 */
const SCENARIO_CODES = /^(READER_|PCSC_SERVICE_STOPPED$|ACTUATOR_LOST$|SERIAL_UNREACHABLE$)/;

/** Scenarios that may pass although they were struck, and why that is right. */
const ENDS_WELL: Readonly<
  Record<string, { readonly disasters: readonly Disaster[]; readonly because: string }>
> = {
  "CR-08": {
    disasters: ["card-removed"],
    because: "it takes the card away while a certificate is read, and demands to be told so",
  },
};

export interface Outcome {
  readonly link: DisasterLink["name"];
  readonly scenario: string;
  readonly disaster: Disaster;
  readonly at: number;
  /** Commands that reach its card when it is left alone; absent where nobody counted. */
  readonly of?: number;
  readonly verdict: Course["verdict"];
  /** Code the struck exchange ended with. */
  readonly told?: string;
  /** Code the scenario failed with; absent for an expectation that was not met. */
  readonly code?: string;
  readonly milliseconds?: number;
  readonly stall?: number;
  /** The undisturbed scenario right after it. */
  readonly next?: Pick<Course, "scenario" | "verdict">;
  /** Empty when all is well. */
  readonly violations: readonly string[];
}

export interface Case {
  readonly link: Pick<DisasterLink, "name" | "told">;
  readonly strike: Strike;
  readonly course: Course;
  readonly next: Course | undefined;
  readonly of?: number;
}

/** @returns what happened, with everything that should not have */
export function judge({ link, strike, course, next, of }: Case): Outcome {
  const { scenario, verdict, code, struck } = course;
  const { told = code, milliseconds, stall } = struck ?? {};
  const facts = {
    link: link.name,
    scenario,
    ...strike,
    ...(of !== undefined && { of }),
    verdict,
    ...(told !== undefined && { told }),
    ...(code !== undefined && { code }),
    ...(milliseconds !== undefined && { milliseconds }),
    ...(stall !== undefined && { stall }),
    ...(next && { next: { scenario: next.scenario, verdict: next.verdict } }),
  };
  const found = struck
    ? [
        ...wrongVerdict(course, strike.disaster),
        ...wrongCode(facts, link.told[strike.disaster] ?? []),
        ...tooLate(struck.milliseconds, struck.command),
        ...tooLongAStall(struck.stall),
      ]
    : [`only ${course.exchanges} commands reached the card: nothing was struck`];
  return { ...facts, violations: [...found, ...wrongNext(next)] };
}

function wrongVerdict({ scenario, verdict }: Course, disaster: Disaster): string[] {
  const mayPass = ENDS_WELL[scenario]?.disasters.includes(disaster) ?? false;
  return verdict === "failed" || mayPass ? [] : ["passed, although it was struck"];
}

function wrongCode(
  { told, code }: Pick<Outcome, "told" | "code">,
  right: readonly string[],
): string[] {
  const wrong = [];
  if (told === undefined || !right.includes(told)) {
    wrong.push(`the exchange ended with ${told ?? "no code"}, not ${right.join(" or ")}`);
  }
  if (code !== undefined && !SCENARIO_CODES.test(code)) wrong.push(`failed with ${code}`);
  return wrong;
}

function tooLate(milliseconds: number, command = ""): string[] {
  const limit = (SIGNING.test(command) ? DEADLINE.signing : DEADLINE.other) + MARGIN;
  return milliseconds <= limit ? [] : [`the verdict came after ${milliseconds} ms (${limit})`];
}

function tooLongAStall(stall: number): string[] {
  return stall < STALL_MAX ? [] : [`the event loop stood still for ${stall} ms`];
}

function wrongNext(next: Course | undefined): string[] {
  if (next === undefined || next.struck !== undefined) return ["no undisturbed scenario followed"];
  return next.verdict === "passed" ? [] : [`${next.scenario} failed after it: ${next.message}`];
}
