/** Cell ↔ value: the only way in and out of a Base. */
export { decode, decodeById } from "./codec/decode.ts";
export { encode } from "./codec/encode.ts";
export { EncodeError } from "./codec/problem.ts";
