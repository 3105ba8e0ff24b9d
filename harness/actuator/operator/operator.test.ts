// A person as an actuator, at a terminal made of streams and over real HTTP on the loopback address.
import { once } from "node:events";
import { request } from "node:http";
import { PassThrough } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { until } from "../../reader/testing/until.ts";
import type { OperatorPrompt } from "./desk.ts";
import { type ServedDesk, serveDesk } from "./http.ts";
import { operator } from "./operator.ts";
import { terminalDesk } from "./terminal.ts";

const CODE = /\[(\d\d)\]/;

describe("an operator at a terminal", () => {
  const terminal = () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let text = "";
    output.on("data", (piece) => {
      text += String(piece);
    });
    /** What is shown from this title on, once a code is asked for. */
    const shown = async (title: string) => {
      const from = () => text.slice(text.lastIndexOf(title));
      await until(() => text.includes(title) && CODE.test(from()), "the terminal's prompt");
      return { text, code: CODE.exec(from())?.[1] };
    };
    return { input, shown, desk: terminalDesk(() => ({ input, output })) };
  };

  it("is shown what to do, in words and as a picture, and answers with the code", async () => {
    const { input, shown, desk } = terminal();
    const acting = operator({ desk }).perform("remove");
    const { text, code } = await shown("Take the card off");
    expect(text).toContain("カードを読取装置から離してください / Take the card off the reader");
    expect(text).toContain("|   CARD   |");
    input.write(`${code}\n`);
    expect(await acting).toMatch(/^operator answered "done" over terminal after \d+\.\d s$/);
  });

  it("is asked anew for each act, and what was typed before is no answer", async () => {
    const { input, shown, desk } = terminal();
    const person = operator({ desk });
    for (const [act, title] of [
      ["remove", "Take the card off"],
      ["present", "Put the card on"],
    ] as const) {
      input.write("\ny\n");
      const acting = person.perform(act);
      input.write(`${(await shown(title)).code}\n`);
      expect(await acting).toContain('"done"');
    }
  });

  it("says that it cannot be done", async () => {
    const { input, desk } = terminal();
    const acting = operator({ desk }).perform("present");
    input.write("n\n");
    await expect(acting).rejects.toMatchObject({
      code: "ACTUATOR_FAILED",
      message: expect.stringContaining('"not-possible"'),
    });
  });

  it("who has gone is not waited for", async () => {
    const { input, desk } = terminal();
    const acting = operator({ desk }).perform("present");
    input.end();
    await expect(acting).rejects.toMatchObject({ code: "ACTUATOR_LOST" });
  });

  it("who does not answer is waited for no longer than agreed", async () => {
    const { desk } = terminal();
    const acting = operator({ desk, deadline: 20 }).perform("present");
    await expect(acting).rejects.toMatchObject({ code: "ACTUATOR_DEADLINE" });
  });
});

describe("an operator over HTTP", () => {
  let desk: ServedDesk | undefined;
  afterEach(() => desk?.close());

  const serve = async () => {
    desk = await serveDesk(0);
    return desk;
  };
  const post = (url: string, body: unknown, type = "application/json") =>
    fetch(`${url}answer`, {
      method: "POST",
      headers: { "content-type": type },
      body: JSON.stringify(body),
    });
  const promptAt = async (url: string) =>
    (await (await fetch(`${url}prompt`)).json()) as OperatorPrompt;

  it("sees the prompt and answers it, once", async () => {
    const { url, ...served } = await serve();
    expect((await fetch(`${url}prompt`)).status).toBe(204);
    const acting = operator({ desk: served }).perform("cut-power");
    const prompt = await promptAt(url);
    expect(prompt).toMatchObject({
      title: { en: "Pull the reader's USB plug" },
      milliseconds: 25_000,
    });
    expect((await post(url, { id: "another", answer: "done" })).status).toBe(409);
    expect((await post(url, { id: prompt.id, answer: "done" })).status).toBe(204);
    expect(await acting).toContain('operator answered "done" over http');
    expect((await post(url, { id: prompt.id, answer: "done" })).status).toBe(409);
    expect((await fetch(`${url}prompt`)).status).toBe(204);
  });

  it("has a page", async () => {
    const { url } = await serve();
    const page = await fetch(url);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await page.text()).toContain('<button id="not-possible">');
  });

  it("is not spoken for by another page, by another name, or in other words", async () => {
    const { url, ...served } = await serve();
    const acting = operator({ desk: served }).perform("remove");
    const refused = expect(acting).rejects.toMatchObject({ code: "ACTUATOR_FAILED" });
    const { id } = await promptAt(url);
    expect((await post(url, { id, answer: "done" }, "text/plain")).status).toBe(415);
    expect((await post(url, { id, answer: "perhaps" })).status).toBe(400);
    expect((await post(url, { id, answer: "done", note: "x".repeat(2_000) })).status).toBe(413);
    expect((await fetch(`${url}elsewhere`)).status).toBe(404);
    const foreign = request(`${url}prompt`, { headers: { host: "evil.example" } }).end();
    const [reply] = await once(foreign, "response");
    expect(reply.statusCode).toBe(403);
    reply.resume();
    await post(url, { id, answer: "not-possible" });
    await refused;
  });

  it("is not waited for longer than agreed, and a late answer is refused", async () => {
    const { url, ...served } = await serve();
    let id = "";
    const ask: typeof served.ask = (prompt, over) => {
      id = prompt.id;
      return served.ask(prompt, over);
    };
    const acting = operator({ desk: { ...served, ask }, deadline: 20 }).perform("remove");
    await expect(acting).rejects.toMatchObject({ code: "ACTUATOR_DEADLINE" });
    expect((await fetch(`${url}prompt`)).status).toBe(204);
    expect((await post(url, { id, answer: "done" })).status).toBe(409);
  });

  it("is not waited for when the desk is closed", async () => {
    const served = await serve();
    const acting = operator({ desk: served }).perform("remove");
    const refused = expect(acting).rejects.toMatchObject({ code: "ACTUATOR_LOST" });
    await served.close();
    await refused;
    desk = undefined;
  });

  it("is told when the port is taken", async () => {
    const { url } = await serve();
    const port = Number(new URL(url).port);
    await expect(serveDesk(port)).rejects.toMatchObject({ code: "ACTUATOR_NOT_FOUND" });
  });
});
