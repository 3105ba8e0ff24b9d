/**
 * One request of one page, from the first look at who asks to the answer. A host that is lost is
 * started anew once, and never after a PIN was asked for: what may have reached the card is not sent
 * again (KZ-03).
 */
import { fromWire, toWire } from "../../platform/wire-names.ts";
import { requireNoRefusal } from "../answer.ts";
import { ClientSoftwareError } from "../error.ts";
import type { ClientSoftwareProfile } from "../profile.ts";
import { type CardRequest, encodeRequest, pinFor, type Wire } from "../request.ts";
import type { WorkerChrome } from "./browser.ts";
import { HostLink } from "./host-link.ts";
import type { PinWindows } from "./pin-window.ts";
import { requireVersion } from "./versions.ts";

export interface Errand {
  readonly request: CardRequest;
  /** Of the page, as the browser knows it. */
  readonly origin: string;
  /** Aborted when the page has gone. */
  readonly signal: AbortSignal;
}

export interface ErrandWorld {
  readonly chrome: WorkerChrome;
  readonly profile: ClientSoftwareProfile;
  readonly pins: PinWindows;
}

/** @returns the host's answer, as it came. @throws ClientSoftwareError */
export async function run(world: ErrandWorld, errand: Errand): Promise<Wire> {
  const progress = { pinAsked: false };
  try {
    return await attempt(world, errand, progress);
  } catch (error) {
    const lost = error instanceof ClientSoftwareError && error.reason === "hostCrashed";
    if (!lost || progress.pinAsked) throw error;
    return attempt(world, errand, progress);
  }
}

async function attempt(
  world: ErrandWorld,
  { request, origin, signal }: Errand,
  progress: { pinAsked: boolean },
): Promise<Wire> {
  const { profile, chrome, pins } = world;
  const host = new HostLink(chrome, profile);
  signal.addEventListener("abort", () => host.close());
  try {
    await open(world, host, request, origin);
    const kind = pinFor(request.operation);
    let pin: string | undefined;
    if (kind !== undefined) {
      progress.pinAsked = true;
      pin = await pins.ask({ pin: kind, origin }, signal);
    }
    const step = profile.steps.perform;
    const answer = await host.ask(toWire(profile.requestFields, { step, pin }));
    requireNoRefusal(profile, answer);
    return answer;
  } finally {
    host.close();
  }
}

/** Settles who asks, and that the host is new enough, before anybody types a PIN. */
async function open(
  { profile, chrome }: ErrandWorld,
  host: HostLink,
  request: CardRequest,
  origin: string,
): Promise<void> {
  const extensionVersion = chrome.runtime.getManifest().version;
  const step = profile.steps.open;
  const answer = await host.ask({
    ...encodeRequest(profile, request),
    ...toWire(profile.requestFields, { step, origin, extensionVersion }),
  });
  requireNoRefusal(profile, answer);
  const { applicationVersion } = fromWire(profile.answerFields, answer);
  const found = typeof applicationVersion === "string" ? applicationVersion : "0";
  requireVersion(found, profile.versions.applicationNeeded, "applicationOutdated");
}
