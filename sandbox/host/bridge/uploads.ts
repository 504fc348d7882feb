import { CODE, HostError } from "./errors.ts";
import type { Session } from "./session.ts";

/** As Feishu documents it: names up to 250 characters. */
const NAME_MAX = 250;
/** Above this the sandbox would have to hold too much in memory; Feishu takes 2 GiB. */
const SIZE_MAX = 256 * 1024 * 1024;

const refuse = (message: string) => new HostError(CODE.cellUnknown, message);

/** One file, a list of files, or a FileList, as they came over the line. @throws HostError for anything else. */
export function filesOf(given: unknown): File[] {
  const list = given instanceof File ? [given] : Array.isArray(given) ? given : fromFileList(given);
  if (list.length === 0) throw refuse("no file was given to upload");
  return list.map((file: unknown) => {
    if (!(file instanceof File)) throw refuse("only File objects can be uploaded: a Blob has no name");
    if (file.name.length === 0 || file.name.length > NAME_MAX)
      throw refuse(`a file's name has 1 to ${NAME_MAX} characters, this has ${file.name.length}`);
    if (file.size > SIZE_MAX)
      throw refuse(`${file.name} has ${file.size} bytes: the sandbox keeps files up to ${SIZE_MAX}`);
    return file;
  });
}

function fromFileList(given: unknown): unknown[] {
  if (given instanceof FileList) return [...given];
  throw refuse("expected a File, File[] or FileList");
}

/** Uploads in order; the tokens. Calls must not overlap, as Feishu's documentation says. */
export async function uploadAll(session: Session, files: File[]): Promise<string[]> {
  if (session.uploading) throw refuse("an upload is under way: upload calls must not run concurrently");
  session.uploading = true;
  try {
    const tokens: string[] = [];
    for (const file of files) tokens.push(await session.backend.upload(file));
    return tokens;
  } finally {
    session.uploading = false;
  }
}

/** Statuses of an upload task, as the SDK numbers them. */
const PENDING = 1;
const IN_FLIGHT = 2;
const SUCCESS = 3;
const FAILED = 4;

interface Task {
  uuid: string;
  name: string;
  size: number;
  uploadedSize: number;
  progress: number;
  status: number;
  token?: string;
  file: File;
}

/** The deprecated upload: answers a task id at once and tells of progress by `UploadStatusChange`. */
export function startUpload(session: Session, files: File[]): string {
  const id = crypto.randomUUID();
  const list = files.map((file): Task => ({
    uuid: crypto.randomUUID(),
    name: file.name,
    size: file.size,
    uploadedSize: 0,
    progress: 0,
    status: PENDING,
    file,
  }));
  const tell = () => session.emit("BaseEvent_UploadStatusChange", { id, tasks: { list } });
  void runTasks(session, list, tell);
  return id;
}

async function runTasks(session: Session, list: Task[], tell: () => void): Promise<void> {
  for (const task of list) {
    task.status = IN_FLIGHT;
    tell();
    try {
      task.token = await session.backend.upload(task.file, (sent) => {
        task.uploadedSize = sent;
        task.progress = task.size === 0 ? 100 : Math.floor((sent / task.size) * 100);
        tell();
      });
      Object.assign(task, { status: SUCCESS, progress: 100, uploadedSize: task.size });
    } catch {
      // What the SDK's listener can learn of a failure is its status.
      task.status = FAILED;
    }
    tell();
  }
}
