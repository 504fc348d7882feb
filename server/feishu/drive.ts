export type DocType =
  | "bitable"
  | "docx"
  | "sheet"
  | "file"
  | "slides"
  | "mindnote"
  | "doc"
  | "folder"
  | "wiki";

export type MediaParent = "bitable_file" | "bitable_image" | "docx_image" | "docx_file" | "calendar";

export interface Media {
  fileName: string;
  parentType: MediaParent;
  /** For a Base its app_token. */
  parentNode: string;
  bytes: Uint8Array;
}

/** Where an attachment sits, needed to read files of a Base with advanced permissions (facts.md §5.2). */
export interface AttachmentPlace {
  tableId: string;
  fieldId: string;
  recordId: string;
}

export interface DriveFile {
  token: string;
  name: string;
  type: string;
  url?: string;
}

export interface Member {
  /** `openid`, `userid`, `unionid`, `openchat`, `email`, `opendepartmentid`, `groupid`, `wikispaceid`. */
  memberType: string;
  memberId: string;
  perm: "view" | "edit" | "full_access";
  type?: string;
  name?: string;
}

export interface Download {
  body: ReadableStream<Uint8Array>;
  contentType: string;
  /** Bytes; null where Feishu does not say. */
  length: number | null;
  fileName: string | null;
}

/** Files, attachments and who may open them. */
export interface Drive {
  /** At most 20 MiB; larger is refused before it is sent. Returns the file_token. */
  uploadMedia(media: Media): Promise<string>;
  /** Anyone can open these for 24 h: never hand them to a browser (decisions.md 19). By file_token. */
  temporaryUrls(fileTokens: readonly string[], place?: AttachmentPlace): Promise<Map<string, string>>;
  download(fileToken: string, place?: AttachmentPlace): Promise<Download>;
  copyFile(fileToken: string, copy: { name: string; type: DocType; folderToken: string }): Promise<DriveFile>;
  createFolder(name: string, parentToken?: string): Promise<{ token: string; url?: string }>;
  addMember(token: string, type: DocType, member: Member): Promise<void>;
  listMembers(token: string, type: DocType): Promise<Member[]>;
  /** The old owner (the app) keeps full access and the file stays in its folder (decisions.md 18). */
  transferOwner(token: string, type: DocType, openId: string): Promise<void>;
  patchPublic(token: string, type: DocType, patch: Record<string, string>): Promise<void>;
  /** Record events of a Base reach the app only after this, and only while it manages the Base. */
  subscribe(fileToken: string, type: DocType): Promise<void>;
  isSubscribed(fileToken: string, type: DocType): Promise<boolean>;
}
