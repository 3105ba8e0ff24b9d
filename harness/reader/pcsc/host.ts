/**
 * A process of its own for one reader. It is started by host-process.ts and does what it is told
 * over IPC (protocol.ts), one thing at a time.
 *
 * Why a process: PC/SC calls of a hung card cannot be cancelled, they hold threads of libuv's pool,
 * and the addon brings down a whole process when it meets worker threads (reader-facts 2.2, 2.3).
 * A process can be killed.
 */
import type { HostReply, HostRequest, HostVerbs } from "./protocol.ts";
import { PcscSession } from "./session.ts";
import { pcscError } from "./status-codes.ts";

const session = new PcscSession();

process.on("message", (request: HostRequest) => {
  void answer(request).then((reply) => process.send?.(reply));
});

// The bench is gone. A plain exit would wait for a call that may never return.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));

async function answer(request: HostRequest): Promise<HostReply> {
  const { id } = request;
  try {
    return { id, result: await perform(request) };
  } catch (error) {
    const { code, message } = pcscError(error);
    return { id, error: { code, message } };
  }
}

function perform(request: HostRequest): Promise<HostVerbs[HostRequest["verb"]]["result"]> {
  switch (request.verb) {
    case "list":
      return session.list();
    case "connect":
      return session.connect(request.reader, request.share);
    case "transmit":
      return session.transmit(request.command);
    case "control":
      return session.control(request.code, request.data);
    case "reset":
      return session.reset(request.kind);
    case "disconnect":
      return session.disconnect(request.power);
  }
}
