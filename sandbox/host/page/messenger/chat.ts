/** Shapes of the levers' answers about chats. */
export interface Chat {
  chat_id: string;
  mode: "group" | "p2p";
  name: string;
  members: number;
  bots: string[];
  dissolved: boolean;
  heard: number;
  last: { at: number; text: string; sender: string } | null;
}

export interface Message {
  message_id: string;
  chat_id: string;
  msg_type: string;
  create_time: number;
  content: Record<string, unknown> | null;
  deleted: boolean;
  updated: boolean;
  sender: { kind: "app" | "user"; id: string };
  sender_name: string;
  mentions: { key: string; name: string }[];
  urgent?: string[];
}
