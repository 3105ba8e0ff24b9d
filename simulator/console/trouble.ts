/** Faults on the lab's web page: what stands, and a form for more. */
import {
  FAULTY_SERVICES,
  type FaultyService,
  faultModes,
  type PlannedFault,
} from "../lab/fault-board.ts";
import { PLATFORMS } from "../lab/platforms.ts";
import { type Html, html } from "../platform/html.ts";
import { badge, japanTime, operate, section, select } from "./parts.ts";
import type { ConsoleView } from "./view.ts";

export function trouble({ faults }: ConsoleView): Html {
  const standing = faults.map(
    (fault) =>
      html`<div class="line">${badge("bad", fault.mode)} ${serviceName(fault.service)} <small>${described(fault)}</small>
${operate("clearFaultsOf", "終える", { service: fault.service })}</div>`,
  );
  const services = FAULTY_SERVICES.map((value) => ({ value, label: serviceName(value) }));
  return section(
    { ja: "障害", en: "faults" },
    html`${standing.length === 0 ? html`<p>${badge("good", "なし")}</p>` : standing}`,
    html`<div class="fault">${operate(
      "planFault",
      "起こす",
      {},
      select("service", services, "サービス"),
      modes(),
      number("amount", "量"),
      number("after", "通す数"),
      number("times", "回数"),
      number("seconds", "秒数"),
    )}</div>`,
    faults.length > 1 ? operate("clearFaults", "すべて終える") : html``,
  );
}

/** In groups, of which the script shows the one for the service that is chosen. */
function modes(): Html {
  const groups = (["ocsp", "crl", "mkpfVerification"] as const).map((service) => {
    const options = Object.entries(faultModes(service))
      .filter(([mode]) => mode !== "none")
      .map(([mode, { ja, amount }]) => {
        const unit = amount === undefined ? "" : `（量: ${amount.unit}、既定${amount.default}）`;
        return html`<option value="${mode}">${ja}${unit}</option>`;
      });
    const of = service === "mkpfVerification" ? "platform" : service;
    return html`<optgroup label="${of}" data-for="${of}">${options}</optgroup>`;
  });
  return html`<select name="mode" aria-label="障害">${groups}</select>`;
}

function number(name: string, label: string): Html {
  return html`<label>${label} <input name="${name}" type="number" size="4"></label>`;
}

function described({ amount, after, times, until, path }: PlannedFault): string {
  return [
    amount === undefined ? undefined : `量 ${amount}`,
    path,
    after === undefined ? undefined : `${after}件通してから`,
    times === undefined ? undefined : `${times}回`,
    until === undefined ? undefined : `${japanTime(until)} まで`,
  ]
    .filter((part) => part !== undefined)
    .join("、");
}

function serviceName(service: FaultyService): string {
  if (service === "ocsp" || service === "crl") return service.toUpperCase();
  return PLATFORMS[service].ja.replace("（非規範）", "");
}
