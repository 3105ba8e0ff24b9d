/**
 * The part of the reading page that かざし利用クライアントソフト fills in, where the browser has it: a form
 * the page's script (reading-script.ts) completes with what the card gave, and a button to begin.
 */
import { type Html, html } from "../../html.ts";
import type { MkpfProfile } from "../profile.ts";
import { GENUINE } from "./reading.ts";
import type { CounterMode } from "./visits.ts";

export interface ClientSoftwareSection {
  readonly base: string;
  readonly mode: CounterMode;
  readonly profile: MkpfProfile;
  /** Id of the visit. */
  readonly uid: string;
}

const REGISTER = ["name", "address", "birthDate", "sex"] as const;

export function clientSoftwareSection(section: ClientSoftwareSection): Html {
  const { base, mode, profile, uid } = section;
  const { requestFields, readingFields, paths } = profile;
  const { certificate, signature } = requestFields;
  const shown =
    mode === "touch"
      ? [hidden("certificate", certificate), hidden("authenticity", readingFields.authenticity)]
      : [
          hidden("certificate", certificate),
          hidden("signature", signature),
          ...REGISTER.map((meaning) => hidden(meaning, readingFields[meaning])),
        ];
  return html`<form id="client-software" method="post" action="${base}/card" data-genuine="${GENUINE}"
data-look-up="${base}/certificate" data-key="${readingFields.birthDateKey}"
data-resume="${paths.authorization}/${uid}">
${shown}
<button type="button" disabled>カードを読み取る / Read the card</button>
<p class="trouble" role="status"></p>
</form>
<script type="module" src="${paths.clientSoftwareFiles}/${SCRIPT}"></script>`;
}

/** What the page loads. */
export const SCRIPT = "counter.js";

function hidden(meaning: string, name: string): Html {
  return html`<input type="hidden" name="${name}" data-field="${meaning}">`;
}
