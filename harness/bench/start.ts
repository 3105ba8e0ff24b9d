/** What `npm run bench` starts. */
import { fileURLToPath } from "node:url";
import { main } from "./main.ts";

process.exitCode = await main(process.argv.slice(2), {
  root: fileURLToPath(new URL("../../", import.meta.url)),
  out: "bench-out",
});
