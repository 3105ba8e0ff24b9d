/** The foot of the page. */
export const FOOT = `
footer { color: var(--quiet); font-size: 0.8125rem; }
footer h2 { color: var(--ink); font-size: 1rem; margin-top: 0; padding-top: 1.25rem; border-top: 3px double var(--strong); }
.legend { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 0 1.5rem; margin-top: 0.75rem; }
.legend > div { display: flex; gap: 0.75rem; }
.legend dt { flex: none; color: var(--ink); }
.signatures { display: none; }
`;
