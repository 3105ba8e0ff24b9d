// Installs the dependencies of a fresh clone, or of one whose lock file has changed since the last
// install. Runs before `npm start` and `npm test`, so it uses nothing but Node itself.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = `${root}node_modules/.jpki-bench-install`;
const MINIMUM_NODE = [20, 19];

function fail(line, exitCode) {
  process.stderr.write(`${line}\n`);
  process.exit(exitCode);
}

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor < MINIMUM_NODE[1])) {
  fail(
    `SETUP_NODE_VERSION: Node.js ${process.versions.node} is too old. Install Node.js ${MINIMUM_NODE.join(".")} or newer.`,
    3,
  );
}

const wanted = createHash("sha256")
  .update(readFileSync(`${root}package-lock.json`))
  .digest("hex");
const installed = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";

if (installed !== wanted) {
  process.stderr.write("依存パッケージを準備しています / installing dependencies ...\n");
  // Not `npm ci`: it refuses a lock file that lacks the optional packages of other platforms, and a
  // registry mirror need not have them.
  const words = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = spawnSync("npm", words, {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    fail("SETUP_INSTALL: npm install failed. See the lines above, then run it again.", 3);
  }
  writeFileSync(stamp, wanted);
}
