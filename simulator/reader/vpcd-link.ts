/**
 * One connection between a card and vpcd, from its first byte to its end (reader-facts 1.2, 1.3).
 * Only GET ATR and command APDUs are answered, each by exactly one message: anything more or less,
 * and above all silence or an empty message, freezes pcscd for every client and every reader.
 */
import type { Socket } from "node:net";
import { SimulatorError } from "../errors.ts";
import type { VirtualCard } from "./card-slot.ts";
import { encodeFrame, FrameDecoder, readRequest, type VpcdRequest } from "./vpcd-frame.ts";

/**
 * Speaks for `card` until the socket closes. The card is left without power.
 *
 * @param patience milliseconds the card may take for one command; pcscd itself waits for ever
 * @throws SimulatorError VPCD_PROTOCOL when vpcd or the card sent what cannot be passed on,
 * READER_CARD_MUTE when patience ran out; whatever the card threw. The socket is closed then,
 * because that alone tells pcscd that no answer will come.
 */
export async function serveCard(
  socket: Socket,
  card: VirtualCard,
  patience: number,
): Promise<void> {
  // Nagle's algorithm and the peer's delayed acknowledgement would cost 44 ms an APDU.
  socket.setNoDelay(true);
  try {
    await answerUntilClosed(socket, (request) => inTime(ask(card, request), patience));
  } finally {
    socket.destroy();
    card.powerOff();
  }
}

/** What the card says to one request; undefined where vpcd waits for no answer. */
type Answer = Uint8Array | undefined;
type Answerer = (request: VpcdRequest) => Answer | Promise<Answer>;

function answerUntilClosed(socket: Socket, answer: Answerer): Promise<void> {
  const decoder = new FrameDecoder();
  const waiting: Uint8Array[] = [];
  let answering = false;
  const take = async (bytes: Uint8Array) => {
    waiting.push(...decoder.push(bytes));
    if (answering) return;
    answering = true;
    for (let payload = waiting.shift(); payload !== undefined; payload = waiting.shift()) {
      // A command that waited while the card was taken out must not reach it any more.
      if (socket.destroyed) return;
      const given = answer(readRequest(payload));
      // What is there already goes out at once: pcscd waits for every turn of the event loop.
      const response = given instanceof Promise ? await given : given;
      if (response !== undefined && !socket.destroyed) socket.write(encodeFrame(response));
    }
    answering = false;
  };
  return new Promise((resolve, reject) => {
    socket.on("error", () => undefined); // "close" follows and tells the same
    socket.once("close", () => resolve());
    socket.on("data", (bytes) => {
      take(bytes).catch(reject);
    });
  });
}

function ask(card: VirtualCard, request: VpcdRequest): Answer | Promise<Answer> {
  switch (request.kind) {
    case "get-atr":
      return card.atr;
    case "command":
      return card.transmit(request.apdu);
    case "power-on":
      card.powerOn();
      return undefined;
    case "reset":
      card.reset();
      return undefined;
    case "power-off":
      card.powerOff();
      return undefined;
  }
}

/** Watches over an answer that is still to come. */
function inTime(answer: Answer | Promise<Answer>, patience: number): Answer | Promise<Answer> {
  if (!(answer instanceof Promise)) return answer;
  return new Promise((resolve, reject) => {
    const watchdog = setTimeout(() => {
      reject(new SimulatorError("READER_CARD_MUTE", `no answer within ${patience} ms`));
    }, patience).unref();
    answer.then(resolve, reject).finally(() => clearTimeout(watchdog));
  });
}
