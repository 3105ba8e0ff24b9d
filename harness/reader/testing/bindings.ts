/** The packages PC/SC can be called by, and whether a system test can use each on this machine. */
import { PCSCD_PARTS, systemParts } from "./require-system.ts";

export interface BindingUnderTest {
  readonly binding: "pcsclite" | "koffi";
  readonly missing: boolean;
  /** `by koffi`, with the parts that are missing behind it. */
  readonly title: string;
}

/** @throws Error when something is missing and JPKI_BENCH_REQUIRE_SYSTEM=1 */
export function bindings(): BindingUnderTest[] {
  return (["pcsclite", "koffi"] as const).map((binding) => {
    const system = systemParts([...PCSCD_PARTS, binding]);
    return { binding, missing: system.missing.length > 0, title: system.title(`by ${binding}`) };
  });
}
