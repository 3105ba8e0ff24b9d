/**
 * The looks of the page: a ruled form on a sheet of paper, in the typefaces a Japanese office has. In
 * the order of the page; screens first, then narrow ones, then paper.
 */
import { BASE } from "./style/base.ts";
import { FOOT } from "./style/foot.ts";
import { HEAD } from "./style/head.ts";
import { NARROW } from "./style/narrow.ts";
import { OVERVIEW } from "./style/overview.ts";
import { PAPER } from "./style/paper.ts";
import { SCENARIOS } from "./style/scenarios.ts";

export const STYLE = [BASE, HEAD, OVERVIEW, SCENARIOS, FOOT, NARROW, PAPER].join("");
