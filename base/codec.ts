/** Cell ↔ value: the only way in and out of a Base. */
export { decode, decodeById, type DecodedEvent, type DecodedRow, type EventValue } from "./codec/decode.ts";
export { encode, type EncodeOptions } from "./codec/encode.ts";
export { type CellProblem, EncodeError, show } from "./codec/problem.ts";
