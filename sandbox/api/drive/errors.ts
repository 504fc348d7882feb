import { FeishuError } from "../../kernel.ts";

/** Codes of the media, file and permission pages with their printed status (facts.md §5.1, §5.5, §5.6). */
const CODES: Record<number, [status: number, msg: string]> = {
  1061001: [500, "internal error."],
  1061002: [400, "params error."],
  1061003: [404, "not found."],
  1061004: [403, "forbidden."],
  1061007: [404, "file has been delete."],
  1061008: [400, "invalid file name."],
  1061043: [400, "file size beyond limit."],
  1061044: [400, "parent node not exist."],
  1061045: [200, "can retry."],
  1062008: [400, "checksum param Invalid."],
  1062009: [400, "the actual size is inconsistent with the parameter declaration size."],
  1062012: [400, "file copying."],
  1062501: [403, "operate node no permission."],
  1062507: [400, "parent node out of sibling num."],
  1063001: [400, "Invalid parameter"],
  1063002: [403, "Permission denied"],
  1063003: [400, "Invalid operation"],
  1063004: [403, "User has no share permission"],
  1063005: [404, "Resource is deleted"],
  1069602: [400, "param error"],
  1069603: [403, "forbidden"],
  1069604: [400, "document not found"],
};

/** A refusal of Drive; `detail` names the value and the place. */
export function refusal(code: number, detail?: string): FeishuError {
  const row = CODES[code];
  if (!row) throw new Error(`drive code ${code} has no row in the tables of facts.md §5`);
  return new FeishuError(code, row[0], row[1], detail ? { message: detail } : {});
}
