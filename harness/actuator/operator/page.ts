/** The page an operator keeps open: it asks for the prompt every second and shows it. */

export const OPERATOR_PAGE = `<!doctype html>
<html lang="ja">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>操作のお願い / operator</title>
<style>
  body { font: 1.2rem/1.6 sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }
  button { font: inherit; padding: .6rem 1.2rem; margin-right: 1rem }
  [hidden] { display: none }
</style>
<main aria-live="assertive">
  <p id="idle">いまは何もしなくて大丈夫です / nothing to do now</p>
  <section id="asked" hidden>
    <h1 id="ja"></h1>
    <p id="en" lang="en"></p>
    <pre id="picture" aria-hidden="true"></pre>
    <button id="done">完了 / done</button>
    <button id="not-possible">できません / not possible</button>
  </section>
</main>
<script type="module">
  const at = (id) => document.getElementById(id);
  let shown;
  async function look() {
    const reply = await fetch("prompt").catch(() => undefined);
    const prompt = reply?.status === 200 ? await reply.json() : undefined;
    shown = prompt?.id;
    at("idle").hidden = prompt !== undefined;
    at("asked").hidden = prompt === undefined;
    if (prompt === undefined) return;
    at("ja").textContent = prompt.title.ja;
    at("en").textContent = prompt.title.en;
    at("picture").textContent = prompt.picture;
  }
  for (const answer of ["done", "not-possible"]) {
    at(answer).addEventListener("click", async () => {
      const body = JSON.stringify({ id: shown, answer });
      await fetch("answer", { method: "POST", headers: { "content-type": "application/json" }, body });
      await look();
    });
  }
  setInterval(look, 1000);
  await look();
</script>
</html>
`;
