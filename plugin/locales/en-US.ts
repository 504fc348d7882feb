/** The texts of the start, and of the screen most people arrive at. */
export { default as common } from "./en-US/common.json";
export { default as next } from "./en-US/next.json";
export { default as start } from "./en-US/start.json";
