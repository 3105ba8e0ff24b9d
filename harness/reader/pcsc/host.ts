/**
 * A process of its own for one reader. It is started by host-process.ts and does what it is told
 * over IPC (protocol.ts), one thing at a time.
 *
 * Why a process: PC/SC calls of a hung card cannot be cancelled, they hold threads of libuv's pool,
 * and the addon brings down a whole process when it meets worker threads (reader-facts 2.2, 2.3).
 * A process can be killed.
 */
import { type BindingName, loadBinding } from "./choose-binding.ts";
import type { HostError, HostReply, HostRequest, HostVerbs } from "./protocol.ts";
import { PcscSession } from "./session.ts";
import { PcscError, pcscError } from "./status-codes.ts";

const [, , binding = "auto"] = process.argv;
const session = new PcscSession(() => loadBinding(binding as BindingName));

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
    return { id, error: told(error) };
  }
}

function told(error: unknown): HostError {
  const failure = pcscError(error);
  const { code, message } = failure;
  return { code, message, ...(failure instanceof PcscError && { status: failure.status }) };
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
    case "begin":
      return session.begin();
    case "end":
      return session.end();
    case "disconnect":
      return session.disconnect(request.power);
  }
}
