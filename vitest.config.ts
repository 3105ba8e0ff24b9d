import { defineConfig } from "vitest/config";

// Three kinds of test. `unit` needs npm packages only; `system` drives real parts of Debian (pcscd,
// vpcd, OpenSC, openssl, chromium) and names what it skips; `scenarios` is the catalogue on the
// simulator, under plain Vitest.
export default defineConfig({
  test: {
    // Vitest would leave a core free, for people who watch; where there are two, that is half of them.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "unit",
          include: ["{simulator,harness,reports}/**/*.test.ts"],
          exclude: ["**/*.system.test.ts"],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "system",
          include: ["{simulator,harness,reports}/**/*.system.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "scenarios",
          include: ["scenarios/**/*.scenario.ts"],
          pool: "forks",
          isolate: false,
          testTimeout: 30_000,
        },
      },
    ],
  },
});
