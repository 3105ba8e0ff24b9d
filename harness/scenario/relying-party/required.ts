/** The systems under test as a scenario's body asks for them: the one it needs, or an error that says so. */
import { BenchError } from "../../errors.ts";
import type { SystemName } from "../../relying-party/driver.ts";
import type { SystemsUnderTest } from "../../relying-party/system-under-test.ts";

/** Getters throw BenchError SCENARIO_NEEDS for a system that was not opened. */
export function requiredSystems(opened: SystemsUnderTest): Required<SystemsUnderTest> {
  const required = <Name extends SystemName>(name: Name) => {
    const system = opened[name];
    if (system !== undefined) return system;
    const message = `no ${name} was opened for this scenario (needs: ["lab", "${name}"])`;
    throw new BenchError("SCENARIO_NEEDS", message);
  };
  return {
    get library() {
      return required("library");
    },
    get counter() {
      return required("counter");
    },
    get portal() {
      return required("portal");
    },
  };
}
