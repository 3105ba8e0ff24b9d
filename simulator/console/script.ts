/**
 * What the lab's web page does in the browser: sends its forms to the control API, and shows the world
 * anew after each and every few seconds. Everything on the page comes from the lab.
 */
export const SCRIPT = `
const told = document.querySelector("#told");

async function refresh() {
  const text = await (await fetch("/")).text();
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const part of ["header", "main"]) {
    document.querySelector(part).replaceWith(fresh.querySelector(part));
  }
  fitModes();
}

function fieldsOf(form) {
  const fields = JSON.parse(form.dataset.fields);
  for (const { name, value, type } of form.elements) {
    if (name !== "" && value !== "") fields[name] = type === "number" ? Number(value) : value;
  }
  return fields;
}

async function operate(form) {
  const fields = fieldsOf(form);
  const path = form.dataset.path.replace(/:(\\w+)/g, (_match, name) => {
    const value = encodeURIComponent(fields[name]);
    delete fields[name];
    return value;
  });
  const body = form.dataset.method === "DELETE" ? {} : {
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fields),
  };
  const response = await fetch(path, { method: form.dataset.method, ...body });
  if (response.ok) { told.textContent = ""; return refresh(); }
  const { code, message, advice } = await response.json();
  told.textContent = code + ": " + message + "\\n" + advice.ja + "\\n" + advice.en;
}

function fitModes() {
  const service = document.querySelector(".fault [name=service]");
  const kind = ["ocsp", "crl"].includes(service.value) ? service.value : "platform";
  for (const group of document.querySelectorAll(".fault optgroup")) {
    group.hidden = group.disabled = group.dataset.for !== kind;
  }
  document.querySelector(".fault optgroup:enabled option").selected = true;
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  operate(event.target);
});
document.addEventListener("change", (event) => { if (event.target.name === "service") fitModes(); });
document.addEventListener("click", (event) => { if (event.target === told) told.textContent = ""; });
fitModes();
setInterval(() => {
  // Whoever is choosing something is left alone.
  if (!document.activeElement?.closest("form")) refresh().catch(() => {});
}, 5000);
`;
