import { Modal, Toast } from "@douyinfe/semi-ui";
import { createContext, useContext, useState } from "react";
import { post } from "../api.ts";
import { useWorld } from "../world.tsx";
import { isThing, str, type Thing, things, wordsOf } from "../thing.ts";

/** What is pressed with what was chosen; values of a form by the names of its inputs. */
export interface Pressing {
  form?: Record<string, unknown>;
  option?: string;
  options?: string[];
  input?: string;
  checked?: boolean;
}

interface Pressed {
  ok: boolean;
  toast?: unknown;
  url?: string;
  error?: string;
  code?: number;
}

export interface CardHand {
  /** Path of the component under way. */
  busy: string | null;
  press: (item: Thing, path: string, choice?: Pressing) => void;
  imageOf: (key: string) => string;
  isV2: boolean;
}

const context = createContext<CardHand | null>(null);
export const CardHandProvider = context.Provider;

export function useCardHand(): CardHand {
  const hand = useContext(context);
  if (!hand) throw new Error("a part of a card outside its card");
  return hand;
}

/** The link that a press opens, if any: the client's own work. */
function linkOf(item: Thing): string {
  const opened = things(item.behaviors).find((one) => one.type === "open_url");
  const multi = isThing(item.multi_url) ? item.multi_url.url : undefined;
  return str(opened?.pc_url) || str(opened?.default_url) || str(item.url) || str(multi);
}

/** Presses components of one message as the person: confirms, opens links, sends the callback, shows what came back. */
export function usePress(messageId: string): Pick<CardHand, "busy" | "press"> {
  const { person, language, words } = useWorld();
  const [busy, setBusy] = useState<string | null>(null);

  async function send(item: Thing, path: string, choice: Pressing): Promise<void> {
    // In the click itself, or the browser takes it for an unwanted window.
    const link = linkOf(item);
    if (link) window.open(link, "_blank", "noreferrer");
    setBusy(path);
    try {
      const pressed = await post<Pressed>("/cards/press", {
        as: person.open_id,
        message_id: messageId,
        button: path,
        ...choice,
      });
      const toast = isThing(pressed.toast) ? pressed.toast : null;
      if (!pressed.ok) Toast.error(said(pressed));
      else if (toast) show(toast, language);
    } catch (error) {
      Toast.error(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(null);
    }
  }

  function press(item: Thing, path: string, choice: Pressing = {}): void {
    const confirm = isThing(item.confirm) ? item.confirm : null;
    if (!confirm) return void send(item, path, choice);
    Modal.confirm({
      title: wordsOf(confirm.title, language),
      content: wordsOf(confirm.text, language),
      okText: words.ok,
      cancelText: words.cancel,
      onOk: () => void send(item, path, choice),
    });
  }

  return { busy, press };
}

const said = ({ error = "", code }: Pressed): string => (code === undefined ? error : `${error} (${code})`);

function show(toast: Thing, language: "zh" | "en"): void {
  const words = isThing(toast.i18n) ? str(toast.i18n[language === "zh" ? "zh_cn" : "en_us"]) : "";
  const content = words || str(toast.content);
  if (content === "") return;
  const type = str(toast.type);
  if (type === "success" || type === "error" || type === "warning") Toast[type](content);
  else Toast.info(content);
}
