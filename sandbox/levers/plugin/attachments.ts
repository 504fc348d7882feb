import { T } from "../../api/bitable/model.ts";
import { drive } from "../../api/drive/nodes.ts";
import { PluginError, SDK } from "./errors.ts";
import { given, ids } from "./parameters.ts";
import type { Methods, Visit } from "./types.ts";
import { fieldOf, openedOf, placeOf, rowOf } from "./visit.ts";
import type { Place } from "./visit.ts";

/** Links to files live for ten minutes of the sandbox's clock, as Feishu documents. */
const LIFE_MS = 600_000;

/** An address that opens for anyone who has it, for a while, from any origin. */
function address(visit: Visit, token: string): string {
  const media = drive(visit.kernel.state).medias[token];
  if (!media || media.deleted || media.parentNode !== visit.base.token)
    throw new PluginError(SDK.cellUnknown, `there is no file ${token} in ${visit.base.name}`);
  const code = visit.kernel.id("tmp", 32);
  drive(visit.kernel.state).tickets[code] = { token, until: visit.kernel.now() + LIFE_MS };
  return `${visit.origin}/sandbox/tmp/${code}`;
}

/** Files must hang in the cell that the plugin names, and the person must see it. */
function inCell(place: Place, tokens: string[], fieldId: unknown, recordId: unknown): void {
  const field = fieldOf(place, fieldId);
  const cell = rowOf(place, recordId).cells[field.id];
  const held = field.type === T.attachment && Array.isArray(cell) ? cell : [];
  const foreign = tokens.find((token) => !held.includes(token));
  if (foreign !== undefined)
    throw new PluginError(SDK.cellDenied, `cell permission denied: ${field.name} does not hold ${foreign}`);
}

const cellUrls: Methods["reads"][string] = (visit, [tokens, field, record], [table]) => {
  const wanted = given(ids, tokens, "tokens");
  inCell(placeOf(visit, table), wanted, field, record);
  return wanted.map((token) => address(visit, token));
};

export const attachmentMethods: Methods = {
  reads: {
    WidgetTable_getCellAttachmentUrls: cellUrls,
    // The sandbox makes no thumbnails: the picture itself serves.
    WidgetTable_getCellThumbnailUrls: cellUrls,
    WidgetTable_getAttachmentUrl: (visit, [token, field, record], [table]) => {
      const wanted = given(ids, [token], "token");
      const place = placeOf(visit, table);
      openedOf(visit);
      if (field && record) inCell(place, wanted, field, record);
      return address(visit, wanted[0] ?? "");
    },
  },
  writes: {},
};
