/** A browser's part in a log-in that needs nobody at the screen. */
import { expect } from "vitest";
import { CookieJar } from "../cookie-jar.ts";

/** Follows redirects with cookies until it is sent to an address that starts with `home`. */
export async function followRedirects(start: URL, home: string): Promise<URL> {
  const cookies = new CookieJar();
  let url = start;
  while (!url.href.startsWith(home)) {
    // No connection outlives a restart of the lab.
    const headers = { ...cookies.header(), connection: "close" };
    const response = await fetch(url, { redirect: "manual", headers });
    cookies.take(response);
    const location = response.headers.get("location");
    expect.assert(location !== null, `status ${response.status} instead of a redirect`);
    url = new URL(location, url);
  }
  return url;
}
