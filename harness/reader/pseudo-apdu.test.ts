import { describe, expect, it } from "vitest";
import { fromHex } from "../../simulator/iso7816/index.ts";
import { InProcessReader } from "../../simulator/reader/index.ts";
import { LogCard } from "../../simulator/reader/testing/log-card.ts";
import { cardUid } from "./pseudo-apdu.ts";
import { simulatedReader } from "./simulated.ts";

async function uidFrom(answer: string) {
  const slot = new InProcessReader();
  const card = new LogCard(() => fromHex(answer));
  slot.insert(card);
  const reader = simulatedReader(slot);
  await reader.open();
  const uid = await cardUid(reader);
  return { uid, asked: card.log.at(-1) };
}

describe("cardUid", () => {
  it("gives the PUPI", async () => {
    expect(await uidFrom("11223344 9000")).toEqual({
      uid: fromHex("11223344"),
      asked: "FFCA000000",
    });
  });

  it.each(["6A81", "6D00", "6E00"])("gives nothing where the answer is %s", async (answer) => {
    expect((await uidFrom(answer)).uid).toBeUndefined();
  });

  it("does not take anything else for an answer", async () => {
    await expect(uidFrom("6F00")).rejects.toMatchObject({ code: "READER_TRANSPORT" });
  });
});
