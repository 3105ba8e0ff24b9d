/**
 * How a private pcscd is started (reader-facts 1.5), as text: the namespaces around it, the script
 * that runs inside them, and the reader it is given.
 *
 * - own network: vpcd listens on all addresses of the machine and cannot be told otherwise; here
 *   nobody else can reach it, and no two tests can want the same port;
 * - `quickack` on loopback: without it every APDU costs 44 ms more (reader-facts 1.3);
 * - own /run/pcscd, which is a folder of the test seen from inside, so that the service's socket has
 *   a path outside that outlives a restart;
 * - own process numbers: when the shell that is number 1 ends, the kernel ends everything else. It
 *   ends with its standard input, so nothing survives the test, not even when the test is killed.
 *
 * Measured to work as root and as an ordinary user (uid 65534) on Debian 12.
 */
import { spawnSync } from "node:child_process";

export const VPCD_DRIVER = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
/** Of the first slot, inside; the next has the next. */
export const VPCD_PORT = 35963;
/** Slots of one vpcd driver, fixed when it was compiled (reader-facts 1.3). */
export const SLOTS = 2;

/** Names pcscd gives the slots. */
export const SLOT_NAMES = ["Virtual PCD 00 00", "Virtual PCD 00 01"] as const;

/** The line of its log by which pcscd says that it serves. */
export const READY = "daemon ready";

export const READER_CONF = `FRIENDLYNAME "Virtual PCD"
DEVICENAME /dev/null:${VPCD_PORT}
LIBPATH ${VPCD_DRIVER}
CHANNELID ${VPCD_PORT}
`;

/** Run with the folder of the test as its one argument. */
export const SCRIPT = `set -e
PATH=$PATH:/usr/sbin:/sbin
mount -t tmpfs tmpfs /run
mkdir /run/pcscd
mount --bind "$1/run" /run/pcscd
ip link set lo up
ip route change local 127.0.0.1 dev lo table local quickack 1
for slot in 0 1; do
  socat "UNIX-LISTEN:$1/vpcd$slot,fork,unlink-early" "TCP:127.0.0.1:$((${VPCD_PORT} + slot)),nodelay" 2> /dev/null &
done
polkit=
if pcscd --help 2>&1 | grep -q disable-polkit; then polkit=--disable-polkit; fi
pcscd --foreground --info $polkit --config "$1/conf" &
cat > /dev/null
`;

/** Words for `unshare`; undefined where this machine allows no namespaces. */
export const NAMESPACES = firstThatWorks([
  ["--user", "--map-root-user", "--net", "--mount", "--pid", "--fork", "--kill-child"],
  // Where user namespaces are forbidden, root does without.
  ["--net", "--mount", "--pid", "--fork", "--kill-child"],
]);

/** Words before a command that is to join the network of a process started with NAMESPACES. */
export function joining(pid: number): string[] {
  const user = NAMESPACES?.includes("--user") ? ["--user", "--preserve-credentials"] : [];
  return ["nsenter", "--target", String(pid), ...user, "--net"];
}

function firstThatWorks(candidates: readonly (readonly string[])[]) {
  const trial = ["sh", "-c", "mount -t tmpfs tmpfs /run && ip link set lo up"];
  const environment = { ...process.env, PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin` };
  return candidates.find(
    (words) =>
      spawnSync("unshare", [...words, ...trial], { stdio: "ignore", env: environment }).status ===
      0,
  );
}
