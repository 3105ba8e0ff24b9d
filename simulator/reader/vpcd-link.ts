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
    await answerUntilClosed(socket, (request) => withPatience(ask(card, request), patience));
  } finally {
    socket.destroy();
    card.powerOff();
  }
}

type Answerer = (request: VpcdRequest) => Promise<Uint8Array | undefined>;

function answerUntilClosed(socket: Socket, answer: Answerer): Promise<void> {
  const decoder = new FrameDecoder();
  let turn = Promise.resolve();
  const answerAll = async (bytes: Uint8Array) => {
    for (const payload of decoder.push(bytes)) {
      // A command that waited while the card was taken out must not reach it any more.
      if (socket.destroyed) return;
      const response = await answer(readRequest(payload));
      if (response !== undefined && !socket.destroyed) socket.write(encodeFrame(response));
    }
  };
  return new Promise((resolve, reject) => {
    socket.on("error", () => undefined); // "close" follows and tells the same
    socket.once("close", () => resolve());
    socket.on("data", (bytes) => {
      turn = turn.then(() => answerAll(bytes)).catch(reject);
    });
  });
}

async function ask(card: VirtualCard, request: VpcdRequest): Promise<Uint8Array | undefined> {
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

function withPatience<T>(answer: Promise<T>, patience: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const watchdog = setTimeout(() => {
      reject(new SimulatorError("READER_CARD_MUTE", `no answer within ${patience} ms`));
    }, patience).unref();
    answer.then(resolve, reject).finally(() => clearTimeout(watchdog));
  });
}
