import { Button } from "@douyinfe/semi-ui";
import { bitable } from "@lark-base-open/js-sdk";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

/** The least a plugin of this kind is: one Semi button, the Base SDK, one call of the API, and its answer on the screen. */
function Baseline() {
  const [name, setName] = useState<string | null>(null);
  useEffect(() => void ask().then(setName), []);
  return (
    <main>
      {name !== null && <h1>{name}</h1>}
      <Button onClick={() => void ask().then(setName)}>Load</Button>
    </main>
  );
}

async function ask(): Promise<string> {
  const { baseId } = await bitable.base.getSelection();
  const held = sessionStorage.getItem("lectern.tokens") ?? "{}";
  const { access } = JSON.parse(held) as { access: string };
  const response = await fetch("/api/me", {
    headers: { authorization: `Bearer ${access}`, "x-lectern-base": baseId ?? "" },
  });
  return ((await response.json()) as { name: string }).name;
}

createRoot(document.getElementById("root")!).render(<Baseline />);
