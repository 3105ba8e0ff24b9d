import { defineConfig } from "vitest/config";

// Three kinds of test. `unit` needs npm packages only; `system` drives real parts of Debian (pcscd,
// vpcd, OpenSC, openssl) and names what it skips; `scenarios` is the catalogue on the simulator.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{simulator,harness,reports}/**/*.test.ts"],
          exclude: ["**/*.system.test.ts"],
        },
      },
      {
        test: {
          name: "system",
          include: ["{simulator,harness,reports}/**/*.system.test.ts"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
