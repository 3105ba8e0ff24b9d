import { afterEach, describe, expect, it } from "vitest";
import { Door } from "./door.ts";

const open: Door[] = [];
const opened = async (door: Promise<Door>) => {
  open.push(await door);
  return door;
};

afterEach(async () => {
  await Promise.all(open.splice(0).map((door) => door.close()));
});

describe("a door", () => {
  it("has its address before there is a service, and leads to it then", async () => {
    const door = await opened(Door.open());
    expect(door.origin).toBe(`http://127.0.0.1:${door.port}`);

    await door.mount(async (app) => {
      app.get("/here", async () => ({ origin: door.origin }));
    });

    const response = await fetch(`${door.origin}/here`);
    expect(await response.json()).toEqual({ origin: door.origin });
  });

  it("says which port is taken", async () => {
    const first = await opened(Door.open());
    await expect(Door.open(first.port)).rejects.toMatchObject({
      code: "PORT_IN_USE",
      message: `port ${first.port} is in use`,
    });
  });

  it("opens elsewhere when only near was asked for", async () => {
    const first = await opened(Door.open());
    const second = await opened(Door.openNear(first.port));
    expect(second.port).not.toBe(first.port);
  });

  it("closes although a client keeps its connection", async () => {
    const door = await Door.open();
    await door.mount(async (app) => {
      app.get("/", async () => "here");
    });
    await (await fetch(door.origin)).text();
    await door.close();
    await expect(fetch(door.origin)).rejects.toThrow();
  });
});
