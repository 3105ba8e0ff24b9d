/**
 * Pictures of pages for the manual, taken where JPKI_BENCH_SCREENSHOTS=1 asks for them; otherwise a test
 * only looks at the pages.
 */
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const DOCS = new URL("../../../docs/", import.meta.url);

/** As wide as a manual wants them. */
const PICTURE = { width: 1200, height: 900 } as const;

export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.JPKI_BENCH_SCREENSHOTS !== "1") return;
  await page.setViewportSize(PICTURE);
  // As high as the page, so that it needs no scroll bar.
  const body = await page.locator("html").boundingBox();
  const height = Math.ceil(body?.height ?? PICTURE.height);
  await page.setViewportSize({ ...PICTURE, height });
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, DOCS)) });
}

/** `data-step` of the page's `main`, once there is one of these. */
export async function arriveAt(page: Page, ...steps: readonly string[]): Promise<string> {
  const main = page.locator(steps.map((step) => `main[data-step="${step}"]`).join(", "));
  return (await main.getAttribute("data-step")) ?? "";
}
