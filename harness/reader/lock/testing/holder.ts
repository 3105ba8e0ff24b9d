/** A process that takes the lock named on its command line, says so, and keeps it until it is killed. */
import { lockReader } from "../reader-lock.ts";

await lockReader(process.argv[2] ?? "", "test holder");
process.stdin.resume();
process.stdout.write("held\n");
