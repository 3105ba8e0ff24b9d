#!/usr/bin/env node
// The command. In a clone it runs the TypeScript sources; in an installed package, the build.
import { existsSync } from "node:fs";

const source = new URL("../harness/cli/main.ts", import.meta.url);

async function load() {
  if (!existsSync(source)) return import("../dist/harness/cli/main.js");
  try {
    const { register } = await import("tsx/esm/api");
    register();
  } catch {
    process.stderr.write(
      "SETUP_INSTALL: dependencies are not installed. Run: npm install\n依存パッケージがありません。npm install を実行してください。\n",
    );
    process.exit(3);
  }
  return import(source.href);
}

const { main } = await load();
process.exitCode = await main(process.argv.slice(2));
