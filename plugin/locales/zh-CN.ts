/** The texts of the start, and of the screen most people arrive at. */
export { default as common } from "./zh-CN/common.json";
export { default as next } from "./zh-CN/next.json";
export { default as start } from "./zh-CN/start.json";
