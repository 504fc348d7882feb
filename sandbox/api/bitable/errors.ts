import { FeishuError } from "../../kernel.ts";

/** The documentation page a call belongs to: the HTTP status of a code is printed per page (facts.md §4.12). */
export type Page =
  | "app create"
  | "app copy"
  | "app get"
  | "app update"
  | "table create"
  | "table list"
  | "table change"
  | "field create"
  | "field list"
  | "field update"
  | "field delete"
  | "rec create"
  | "rec b_create"
  | "rec update"
  | "rec b_update"
  | "rec delete"
  | "rec b_delete"
  | "rec search"
  | "rec b_get"
  | "rec list"
  | "view create"
  | "view list"
  | "view patch"
  | "form"
  | "role"
  | "other";

type Status = { usual: number; on?: Partial<Record<Page, number>> };
const everywhere = (usual: number, on?: Status["on"]): Status => ({ usual, on });
const A = everywhere(400);
const B = everywhere(200, { "rec b_get": 400, "view patch": 400 });
const C = everywhere(200, { "rec b_get": 500, "view patch": 400 });
const D = everywhere(200, { "rec b_get": 400 });
const E = everywhere(200, { "rec b_get": 404, "view patch": 404 });
const F = everywhere(200, { "app copy": 500, "rec b_get": 500, "view patch": 500 });
const G = everywhere(200, { "app copy": 400, "rec b_get": 400, "view patch": 400 });
const H = everywhere(400);
const ok = everywhere(200);
const onFieldPages = { "field create": 200, "field list": 200, "field update": 200 } as const;

const CODES: Record<number, [msg: string, status: Status]> = {
  91403: ["FORBIDDEN", everywhere(403)],
  1254000: ["WrongRequestJson", G],
  1254001: ["WrongRequestBody", G],
  1254002: ["Fail", everywhere(200, { "app copy": 400, "view patch": 400, "rec b_get": 500 })],
  1254003: ["WrongBaseToken", G],
  1254004: ["WrongTableId", B],
  1254005: ["WrongViewId", B],
  1254006: ["WrongRecordId", B],
  1254007: ["EmptyValue", B],
  1254008: ["EmptyView", B],
  1254009: ["WrongFieldId", B],
  1254010: ["ReqConvError", B],
  1254011: ["Page size must greater than 0.", everywhere(400)],
  1254012: ["NotSupportFieldOrView", everywhere(200, { "table create": 400, "view patch": 400 })],
  1254013: ["TableNameDuplicated", ok],
  1254014: ["FieldNameDuplicated", everywhere(200, { "table create": 400 })],
  1254015: ["Field types do not match.", everywhere(400, onFieldPages)],
  1254016: ["InvalidSort", B],
  1254018: ["InvalidFilter", B],
  1254019: ["InvalidViewType", everywhere(200, { "view patch": 400 })],
  1254020: ["ViewNameDuplicated", everywhere(200, { "view patch": 400 })],
  1254021: ["EmptyViewName", everywhere(400, { "view create": 200, "view list": 200 })],
  1254022: ["InvalidViewName", everywhere(400, { "view create": 200, "view list": 200 })],
  1254023: ["LastViewDeleteForbidden", ok],
  1254024: ["InvalidFieldNames", D],
  1254026: ["EmptyOptionName", ok],
  1254027: ["UploadAttachNotAllowed", everywhere(403)],
  1254028: ["EmptyFieldName", A],
  1254029: ["InvalidFieldName", A],
  1254030: ["TooLargeResponse", B],
  1254031: ["InvalidAppName", A],
  1254032: ["InvalidRoleName", H],
  1254033: ["RoleNameDuplicated", H],
  1254034: ["The last table cannot be deleted", everywhere(403)],
  1254036: ["Base is copying, please try again later.", everywhere(400, { "table create": 200 })],
  1254037: ["Invalid client token, make sure that it complies with the specification", A],
  1254040: ["BaseTokenNotFound", everywhere(200, { "app copy": 404, "rec b_get": 404, "view patch": 404 })],
  1254041: ["TableIdNotFound", E],
  1254042: ["ViewIdNotFound", E],
  1254043: ["RecordIdNotFound", E],
  1254044: ["FieldIdNotFound", E],
  1254045: ["FieldNameNotFound", E],
  1254046: ["The Primary Field cannot be deleted.", ok],
  1254047: ["RoleIdNotFound", everywhere(404)],
  1254048: ["MemberNotFound", H],
  1254049: ["FormFieldNotFound", everywhere(404)],
  1254050: ["Source block is not found.", everywhere(404)],
  1254060: ["TextFieldConvFail", C],
  1254061: ["NumberFieldConvFail", C],
  1254062: ["SingleSelectFieldConvFail", C],
  1254063: ["MultiSelectFieldConvFail", C],
  1254064: ["DatetimeFieldConvFail", C],
  1254065: ["CheckboxFieldConvFail", C],
  1254066: ["UserFieldConvFail", C],
  1254067: ["LinkFieldConvFail", C],
  1254068: ["URLFieldConvFail", everywhere(200, { "rec b_get": 500 })],
  1254069: ["AttachFieldConvFail", everywhere(200, { "rec b_get": 500 })],
  1254072: ["Failed to convert phone field, please make sure it is correct.", D],
  1254074: ["DuplexLinkFieldConvFail", everywhere(400)],
  1254080: ["TextFieldPropertyError", A],
  1254081: ["NumberFieldPropertyError", A],
  1254082: ["SingleSelectFieldPropertyError", A],
  1254083: ["MultiSelectFieldPropertyError", A],
  1254084: ["DateFieldPropertyError", A],
  1254085: ["CheckboxFieldPropertyError", A],
  1254086: ["UserFieldPropertyError", A],
  1254087: ["URLFieldPropertyError", A],
  1254088: ["AttachFieldPropertyError", A],
  1254089: ["LinkFieldPropertyError", A],
  1254090: ["LookUpFieldPropertyError", A],
  1254091: ["FormulaFieldPropertyError", A],
  1254092: ["DuplexLinkFieldPropertyError", A],
  1254093: ["CreatedTimeFieldPropertyError", A],
  1254094: ["ModifiedTimeFieldPropertyError", A],
  1254095: ["CreatedUserFieldPropertyError", A],
  1254096: ["ModifiedUserFieldPropertyError", A],
  1254100: ["TableExceedLimit", B],
  1254101: ["ViewExceedLimit", B],
  1254103: ["RecordExceedLimit", B],
  1254104: ["RecordAddOnceExceedLimit", B],
  1254105: ["ColumnExceedLimit", ok],
  1254106: ["AttachExceedLimit", ok],
  1254107: ["FilterLengthExceedLimit", D],
  1254108: ["SortLengthExceedLimit", D],
  1254109: ["FormulaTableSizeExceedLimit", D],
  1254110: ["RoleExceedLimit", H],
  1254111: ["MemberExceedLimit", everywhere(400)],
  1254130: ["TooLargeCell", B],
  1254290: ["TooManyRequest", everywhere(200, { "app copy": 400, "rec b_get": 400, "view patch": 429 })],
  1254291: ["Write conflict", G],
  1254301: ["OperationTypeError", B],
  1254302: ["Permission denied.", everywhere(403, { "rec search": 200, "rec b_get": 400 })],
  1254303: ["AttachPermNotAllow", everywhere(200, { "rec b_update": 403, "rec b_get": 400 })],
  1254304: ["Permission denied.", everywhere(403, { "app create": 200 })],
  1254305: ["PermControl", everywhere(403)],
  1254606: ["DataNotChange", ok],
  1254607: ["Data not ready, please try again later", everywhere(400, { "rec b_get": 500 })],
  1254608: ["ReqRecommited", everywhere(403)],
  1254701: ["DriveNodePermNotAllow", everywhere(403)],
  1254702: ["DriveNodeNotExist", everywhere(404)],
  1254800: ["InvalidParameter", A],
  1255001: ["InternalError", F],
  1255006: ["Client token conflict, please generate a new client token", A],
};

/** The status printed for `code` on `page`. Unknown codes are a mistake of the sandbox itself. */
function statusOf(code: number, page: Page): number {
  const row = CODES[code];
  if (!row) throw new Error(`bitable code ${code} has no row in the table of facts.md §4.12`);
  return row[1].on?.[page] ?? row[1].usual;
}

/** A refusal of the Base service, with the status of its page; `detail` names the value and the place. */
export function refusal(page: Page, code: number, detail?: string): FeishuError {
  const status = statusOf(code, page);
  return new FeishuError(code, status, CODES[code]?.[0] ?? "", detail ? { message: detail } : {});
}

/** 99992402: what the gateway says of a parameter outside its range. */
export function badParameter(detail: string): FeishuError {
  return new FeishuError(99992402, 400, `field validation failed: ${detail}`);
}
