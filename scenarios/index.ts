/** Where the catalogue's files are, for those who run them by other means than `jpki-bench run`. */
export const catalogue: URL = new URL("./", import.meta.url);
