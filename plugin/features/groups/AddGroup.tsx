import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Answered } from "../../ui/Answered.tsx";
import { Button } from "../../ui/Button.ts";
import { Empty } from "../../ui/Empty.tsx";
import { GroupForm } from "./GroupForm.tsx";
import { useChats } from "./queries.ts";

/** Opens the form for a new 讲师群; says what to do where the bot is in no chat yet. */
export function AddGroup({ first }: { first: boolean }) {
  const { t } = useTranslation("groups");
  const [open, setOpen] = useState(false);
  const chats = useChats();
  if (!open)
    return (
      <Button theme={first ? "solid" : "light"} onClick={() => setOpen(true)}>
        {t(first ? "chooseChats" : "addAnother")}
      </Button>
    );
  return (
    <Answered of={chats}>
      {(found) =>
        found.length === 0 ? (
          <Empty
            action={
              <Button loading={chats.isFetching} onClick={() => void chats.refetch()}>
                {t("lookAgain")}
              </Button>
            }
          >
            {t("noChats")}
          </Empty>
        ) : (
          <GroupForm chats={found} onDone={() => setOpen(false)} />
        )
      }
    </Answered>
  );
}
