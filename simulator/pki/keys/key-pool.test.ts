import { createPrivateKey } from "node:crypto";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KeyPool } from "./key-pool.ts";

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "key-pool-"));
});
afterAll(() => rm(base, { recursive: true }));

describe("a key pool", () => {
  it("gives all who race for a key the same one, and leaves nothing else behind", async () => {
    const directory = join(base, "race");
    // Two pools stand for two processes: they share the directory and nothing else.
    const pools = [new KeyPool(directory), new KeyPool(directory)];

    const keys = await Promise.all(pools.map((pool) => pool.key(0)));

    expect(keys[0]).toEqual(keys[1]);
    expect(await readdir(directory)).toEqual(["000000.p8"]);
  });

  it("keeps RSA-2048 keys that nobody else on the machine can read", async () => {
    const directory = join(base, "mode");

    const key = await new KeyPool(directory).key(3);

    const parsed = createPrivateKey({ key: Buffer.from(key), format: "der", type: "pkcs8" });
    expect(parsed.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect((await stat(join(directory, "000003.p8"))).mode & 0o777).toBe(0o600);
  });

  it("draws the same keys in the same order for every world", async () => {
    const directory = join(base, "order");
    await new KeyPool(directory).fill(2);
    const first = new KeyPool(directory).source();
    const second = new KeyPool(directory).source();

    const drawn = [await first.next(), await first.next()];

    expect(await second.next()).toEqual(drawn[0]);
    expect(await second.next()).toEqual(drawn[1]);
    expect(drawn[0]).not.toEqual(drawn[1]);
    expect(second.position).toBe(2);
    expect(await new KeyPool(directory).source(1).next()).toEqual(drawn[1]);
  });

  it("tells how far it is while it fills", async () => {
    const seen: string[] = [];

    await new KeyPool(join(base, "order")).fill(2, (ready, wanted) =>
      seen.push(`${ready}/${wanted}`),
    );

    expect(seen).toEqual(["1/2", "2/2"]);
  });

  it("refuses a file that holds no key, and names it", async () => {
    const directory = join(base, "order");
    await writeFile(join(directory, "000007.p8"), "nonsense");

    await expect(new KeyPool(directory).key(7)).rejects.toMatchObject({
      code: "PKI_INVALID",
      message: expect.stringContaining("000007.p8"),
    });
  });

  it.each([-1, 0.5, Number.NaN])("has no key number %d", async (index) => {
    await expect(new KeyPool(base).key(index)).rejects.toMatchObject({ code: "PKI_INVALID" });
  });
});
