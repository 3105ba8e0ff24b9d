/** Turns of a script that would be long to write out: a file read in short APDUs, a signature. */

/** SELECT EF `id`, READ BINARY of the first seven bytes, then the rest in chunks of 256. */
export function readingTurns(id: string, content: Uint8Array): string {
  const turns = [`> 00 A4 02 0C 02 ${id}\n < 90 00`, readTurn(content, 0, 7)];
  for (let offset = 7; offset < content.length; offset += 256) {
    turns.push(readTurn(content, offset, Math.min(256, content.length - offset)));
  }
  return turns.join("\n");
}

/** COMPUTE DIGITAL SIGNATURE without PIN over a SHA-256 digest. */
export function cardSignatureTurn(sha256: Uint8Array, signature: Uint8Array): string {
  const prefix = "30 31 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 20";
  return `> 80 2A 00 00 33 ${prefix} ${hex(sha256)} 00\n < ${hex(signature)} 90 00`;
}

function readTurn(content: Uint8Array, offset: number, length: number): string {
  const p1p2 = offset.toString(16).padStart(4, "0");
  const le = (length % 256).toString(16).padStart(2, "0");
  return `> 00 B0 ${p1p2} ${le}\n < ${hex(content.subarray(offset, offset + length))} 90 00`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
