/**
 * The least that can be behind vpcd: answers the same to every command that comes to the port it is
 * given, by the bytes of the protocol alone (reader-facts 1.2). Shares nothing with the simulator.
 */
import { connect } from "node:net";

const GET_ATR = 0x04;
const ATR = Buffer.from("00053B80800101", "hex");
const ANSWER = Buffer.concat([Buffer.of(0x01, 0x02), Buffer.alloc(256, 0x5a), Buffer.of(0x90, 0)]);

const socket = connect(Number(process.argv[2]), "127.0.0.1").setNoDelay(true);
let stream = Buffer.alloc(0);
socket.on("data", (bytes) => {
  stream = Buffer.concat([stream, bytes]);
  while (stream.length > 2 && stream.length >= 2 + stream.readUInt16BE()) {
    const message = stream.subarray(2, 2 + stream.readUInt16BE());
    stream = stream.subarray(2 + message.length);
    if (message.length > 1) socket.write(ANSWER);
    else if (message[0] === GET_ATR) socket.write(ATR);
  }
});
socket.once("close", () => process.exit());
