/** 地方認証PF by itself, for tests: a checker that answers what it is told, and windows that ask it. */
import { LabClock } from "../../../simulator/clock.ts";
import {
  createLocalAuthPf,
  type LocalAuthPf,
} from "../../../simulator/platform/local-auth-pf/index.ts";
import { parseLocalAuthPfProfile } from "../../../simulator/platform/local-auth-pf/profile.ts";
import { NOON, ScriptedChecker, Services } from "../../../simulator/platform/testing/world.ts";
import { Random } from "../../../simulator/random.ts";
import type { HttpTrace } from "../exchange.ts";
import { LocalAuthPfClient, type LocalAuthPfClientOptions } from "../local-auth-pf-client.ts";

type Application = Parameters<LocalAuthPf["issueAccess"]>[0];

export class LocalAuthPfWorld {
  readonly checker = new ScriptedChecker();
  readonly traces: HttpTrace[] = [];
  readonly #services = new Services();
  #started: { readonly platform: LocalAuthPf; readonly baseUrl: string } | undefined;

  static async open(): Promise<LocalAuthPfWorld> {
    const world = new LocalAuthPfWorld();
    await world.start();
    return world;
  }

  get platform(): LocalAuthPf {
    return this.#running().platform;
  }

  get baseUrl(): string {
    return this.#running().baseUrl;
  }

  async start(profile: unknown = {}, state?: ReturnType<LocalAuthPf["state"]>): Promise<void> {
    const platform = createLocalAuthPf({
      clock: LabClock.stopped(NOON),
      random: new Random("local-auth-pf"),
      checker: this.checker,
      profile: parseLocalAuthPfProfile(profile),
      ...(state && { state }),
    });
    this.#started = { platform, baseUrl: await this.#services.listen(platform.plugin) };
  }

  close(): Promise<void> {
    return this.#services.close();
  }

  /** A municipality's access that works; OCSP方式 and 利用者証明用 unless it applied for others. */
  access(application: Partial<Application> = {}) {
    const defaults: Application = { name: "試験市", kinds: ["auth"], method: "ocsp" };
    const access = this.platform.issueAccess({ ...defaults, ...application });
    this.platform.setAccessState(access.id, "active");
    return access;
  }

  window(
    application: Partial<Application> = {},
    options: Partial<LocalAuthPfClientOptions> = {},
  ): LocalAuthPfClient {
    const { method = "ocsp" } = application;
    return this.client(this.access(application), { method, ...options });
  }

  client(
    access: { readonly id: string; readonly secret: string },
    options: Partial<LocalAuthPfClientOptions> = {},
  ): LocalAuthPfClient {
    return new LocalAuthPfClient({
      baseUrl: this.baseUrl,
      access,
      method: "ocsp",
      sink: (trace) => this.traces.push(trace),
      profile: this.platform.profile,
      ...options,
    });
  }

  #running() {
    if (this.#started === undefined) throw new Error("not started");
    return this.#started;
  }
}
