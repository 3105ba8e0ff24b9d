/** The framings between a host and a reader, real or emulated (reader-facts 1.2, 4.2 and 4.3). */
import { toHex } from "../../../simulator/iso7816/index.ts";
import * as pn532 from "../../../simulator/reader/pn532/frame.ts";
import * as twn4 from "../../../simulator/reader/twn4/line.ts";
import * as vpcd from "../../../simulator/reader/vpcd-frame.ts";
import type { Framing } from "./stream.ts";

export const VPCD: Framing = {
  name: "vpcd-frames",
  title: {
    ja: "vpcdの電文は、どこで切れても同じに読める",
    en: "vpcd's messages read the same wherever the stream is cut",
  },
  payloadMax: 600,
  encode: vpcd.encodeFrame,
  decoder: () => {
    const decoder = new vpcd.FrameDecoder();
    return (bytes) => decoder.push(bytes).map(toHex);
  },
  told: toHex,
  tempting: ["0000", "00", "FFFF", "0001"],
};

export const PN532: Framing = {
  name: "pn532-frames",
  title: {
    ja: "PN532のフレームは、どこで切れても、雑音のあとでも読める",
    en: "PN532's frames read the same wherever the line cuts them, and again after noise",
  },
  payloadMax: pn532.CONTENT_MAX,
  encode: pn532.encodeFrame,
  decoder: () => {
    const decoder = new pn532.FrameDecoder();
    return (bytes) => decoder.push(bytes).map(toldPn532);
  },
  told: (payload) => {
    // One byte 7F is the chip's own complaint.
    if (payload.length === 1 && payload[0] === 0x7f) return "syntax-error";
    return `data ${toHex(payload)}`;
  },
  // Longer than what any header can claim.
  silence: new Uint8Array(pn532.CONTENT_MAX + 10).fill(0x55),
  tempting: [
    "0000FF",
    "00FF",
    "00",
    "0000FFFFFF",
    "0000FF00FF00",
    "0000FFFF0000",
    "0000FFFFFF0109F6",
  ],
};

function toldPn532(frame: pn532.Pn532Frame): string {
  if (frame.kind === "data") return `data ${toHex(frame.content)}`;
  return frame.kind === "damaged" ? `damaged ${frame.finding}` : frame.kind;
}

export const TWN4: Framing = {
  name: "twn4-lines",
  title: {
    ja: "TWN4の行は、どこで切れても、雑音のあとでも読める",
    en: "TWN4's lines read the same wherever the line cuts them, and again after noise",
  },
  payloadMax: 290,
  encode: twn4.encodeLine,
  decoder: () => {
    const decoder = new twn4.LineDecoder();
    return (bytes) => decoder.push(bytes).map(toldTwn4);
  },
  told: toHex,
  silence: Uint8Array.of(0x0d),
  tempting: ["0D", "0A", "0D0A", "30", "3047", "2030"],
};

function toldTwn4(line: twn4.Twn4Line): string {
  return line.kind === "bytes" ? toHex(line.bytes) : line.kind;
}
