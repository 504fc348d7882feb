/** The texts of the start, and of the screen most people arrive at. */
export { default as common } from "./ja-JP/common.json";
export { default as next } from "./ja-JP/next.json";
export { default as start } from "./ja-JP/start.json";
