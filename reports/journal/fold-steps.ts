/** Puts the steps of one attempt together, from their beginnings and their ends. */
import type { Bilingual, StepEnded, StepStarted } from "./events.ts";
import type { StepSummary } from "./summary.ts";

interface Step {
  title?: Bilingual;
  parent?: number;
  end?: Pick<StepEnded, "verdict" | "milliseconds">;
}

export class StepFold {
  readonly #steps = new Map<number, Step>();

  start(event: StepStarted): void {
    const step = this.#step(event.step);
    step.title = event.title;
    // A step is numbered after the one it stands in; anything else would not be a tree.
    if (event.parent !== undefined && event.parent < event.step) step.parent = event.parent;
  }

  end({ step, verdict, milliseconds }: StepEnded): void {
    this.#step(step).end = { verdict, milliseconds };
  }

  tree(): StepSummary[] {
    const children = new Map<number | undefined, number[]>();
    for (const number of [...this.#steps.keys()].sort((a, b) => a - b)) {
      const parent = this.#parentOf(number);
      children.set(parent, [...(children.get(parent) ?? []), number]);
    }
    const grow = (parent: number | undefined): StepSummary[] =>
      (children.get(parent) ?? []).map((number) => this.#summary(number, grow(number)));
    return grow(undefined);
  }

  #parentOf(number: number): number | undefined {
    const parent = this.#steps.get(number)?.parent;
    return parent !== undefined && this.#steps.has(parent) ? parent : undefined;
  }

  #summary(number: number, steps: StepSummary[]): StepSummary {
    const { title, end } = this.#step(number);
    return {
      step: number,
      title: title ?? { ja: `手順${number}`, en: `Step ${number}` },
      outcome: end?.verdict ?? "interrupted",
      ...(end === undefined ? {} : { milliseconds: end.milliseconds }),
      steps,
    };
  }

  #step(number: number): Step {
    const known = this.#steps.get(number);
    if (known !== undefined) return known;
    const step: Step = {};
    this.#steps.set(number, step);
    return step;
  }
}
