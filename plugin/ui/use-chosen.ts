import { useEffect, useRef, useState } from "react";
import { useLocation } from "../navigation.ts";

/** Whether a record's card is open: it opens, and comes into sight, when the record is selected in the grid. */
export function useChosen<T extends HTMLElement>(record: string | null) {
  const { params } = useLocation();
  const chosen = record !== null && params["record"] === record;
  const [open, setOpen] = useState(chosen);
  const [was, setWas] = useState(chosen);
  if (was !== chosen) {
    setWas(chosen);
    if (chosen) setOpen(true);
  }
  const place = useRef<T>(null);
  useEffect(() => {
    if (chosen) place.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return { open, setOpen, place };
}
