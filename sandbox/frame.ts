import protobuf from "protobufjs";

/** The long connection's frame, proto2 (facts.md §2.3). */
const proto = `
syntax = "proto2";
package pbbp2;
message Header { required string key = 1; required string value = 2; }
message Frame {
  required uint64 SeqID = 1;
  required uint64 LogID = 2;
  required int32 service = 3;
  required int32 method = 4;
  repeated Header headers = 5;
  optional string payload_encoding = 6;
  optional string payload_type = 7;
  optional bytes payload = 8;
  optional string LogIDNew = 9;
}`;

const type = protobuf.parse(proto, { keepCase: true }).root.lookupType("pbbp2.Frame");

export const CONTROL = 0;
export const DATA = 1;

export interface Frame {
  SeqID: number;
  LogID: number;
  service: number;
  method: number;
  headers: { key: string; value: string }[];
  payload?: Uint8Array;
}

export function encodeFrame(frame: Frame): Uint8Array {
  return type.encode(type.create({ ...frame })).finish();
}

/** Throws when a required field is missing or the bytes are no frame. */
export function decodeFrame(bytes: Uint8Array): Frame {
  return type.toObject(type.decode(bytes), { longs: Number, arrays: true }) as Frame;
}

export function header(frame: Frame, key: string): string {
  return frame.headers.find((one) => one.key === key)?.value ?? "";
}
