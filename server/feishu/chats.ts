export interface Chat {
  chatId: string;
  name: string;
  description?: string;
  ownerId?: string;
  external?: boolean;
  chatStatus?: string;
  userCount?: number;
}

export interface ChatMember {
  openId: string;
  name: string;
}

/** Group chats the bot is in; private chats are never listed (facts.md §7.5). */
export interface Chats {
  list(): Promise<Chat[]>;
  get(chatId: string): Promise<Chat>;
  /** People only: Feishu leaves bots out. Needs the bot in the chat. */
  members(chatId: string): Promise<ChatMember[]>;
  /** Whether the bot itself is in the chat. */
  isInChat(chatId: string): Promise<boolean>;
}
