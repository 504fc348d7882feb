/** IM v1: messages, chats, files, and card updates of the interactive service. */
import { batches } from "./im/batch-send.ts";
import { cardUpdates } from "./im/card-update.ts";
import { chatCalls } from "./im/chat-calls.ts";
import { edits } from "./im/edits.ts";
import { files } from "./im/files.ts";
import { memberCalls } from "./im/member-calls.ts";
import { messages } from "./im/messages.ts";
import type { ApiModule } from "../kernel.ts";

export const im: ApiModule = {
  name: "im",
  operations: [...messages, ...edits, ...batches, ...cardUpdates, ...chatCalls, ...memberCalls, ...files],
};
