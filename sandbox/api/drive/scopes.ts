const drive = "drive:drive";
const docs = ["docs:doc", drive, "sheets:spreadsheet"];

/** One of each list is enough; from the "权限要求" row of each operation's official page. */
export const SCOPES = {
  upload: ["bitable:app", "docs:document.media:upload", ...docs],
  download: [
    "bitable:app",
    "bitable:app:readonly",
    "docs:document.media:download",
    "drive:drive:readonly",
    ...docs,
  ],
  subscribe: ["docs:event:subscribe", ...docs],
  copy: ["docs:document:copy", drive],
  folder: ["space:folder:create", drive],
  list: ["space:document:retrieve", drive, "drive:drive:readonly"],
  remove: ["space:document:delete", drive],
  metas: [drive, "drive:drive.metadata:readonly"],
  viewRecords: ["drive:file:view_record:readonly"],
  memberAuth: ["docs:permission.member:auth", "bitable:app", "wiki:wiki", ...docs],
  memberBatch: ["docs:permission.member", "docs:permission.member:create"],
  memberCreate: ["docs:permission.member:create", "bitable:app", "wiki:wiki", "drive:file", ...docs],
  memberDelete: ["docs:permission.member:delete", "bitable:app", "wiki:wiki", "drive:file", ...docs],
  memberRead: ["docs:permission.member:retrieve", "bitable:app", "wiki:wiki", ...docs],
  memberUpdate: ["docs:permission.member:update", "bitable:app", "wiki:wiki", "drive:file", ...docs],
  transfer: ["docs:permission.member:transfer", "bitable:app", "wiki:wiki", ...docs],
  publicRead: ["docs:permission.setting:read", "docx:document", "wiki:wiki", "drive:drive:readonly", ...docs],
  publicWrite: ["docs:permission.setting:write_only", "docx:document", "wiki:wiki", "drive:file", ...docs],
};
