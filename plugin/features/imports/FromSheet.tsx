import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "../../api.ts";
import { Button } from "../../ui/Button.ts";
import { FileInput } from "../../ui/FileInput.tsx";
import { Field } from "../../ui/Field.tsx";
import { Said } from "../../ui/Said.tsx";
import { useDraft } from "../../ui/use-draft.ts";
import { useProblem } from "../../ui/use-problem.ts";
import { useSaving } from "../../ui/use-saving.ts";
import { Columns } from "./Columns.tsx";
import { Found } from "./Found.tsx";

type Kind = "lecturers" | "sessions" | "ratings" | "baseline";
type Columns = Record<string, string>;

/** Pasted cells or a file: what each column is, what would come in, what is wrong row by row, and only then the import. */
export function FromSheet({ kind }: { kind: Kind }) {
  const { t } = useTranslation("imports");
  const words = useProblem();
  const [text, setText, clear] = useDraft(`import:${kind}`, "");
  const [file, setFile] = useState<{ name: string; base64: string } | null>(null);
  const [columns, setColumns] = useState<Columns>({});
  const input = (chosen: Columns) => ({
    kind,
    from: file ? { file: file.base64 } : { text },
    ...(Object.keys(chosen).length > 0 ? { columns: chosen } : {}),
  });
  const preview = useMutation({
    mutationFn: (chosen: Columns) => answer(api.imports.preview.$post({ json: input(chosen) })),
  });
  const { save, saving, problem } = useSaving(() => answer(api.imports.$post({ json: input(columns) })), {
    reads: ["lecturers", "imports", "start", "groups", "report"],
    said: t("broughtIn"),
    done: () => {
      clear();
      setFile(null);
      preview.reset();
    },
  });
  const anew = () => {
    setColumns({});
    preview.reset();
  };
  const report = preview.data;
  const missing = report?.columns.some(({ required, header }) => required && header === null) ?? false;
  const rows = Object.values(report?.creates ?? {}).reduce((total, count) => total + count, 0);
  return (
    <>
      <Field label={t("paste")} hint={t(`hint.${kind}`)}>
        <textarea
          className="control"
          rows={5}
          value={text}
          disabled={file !== null}
          onChange={(event) => {
            setText(event.target.value);
            anew();
          }}
        />
      </Field>
      <Field label={t("file")}>
        <FileInput
          name={file?.name ?? null}
          accept=".xlsx,.csv,.tsv,.txt"
          onChoose={(chosen) => {
            anew();
            if (!chosen) return setFile(null);
            void read(chosen).then((base64) => setFile({ name: chosen.name, base64 }));
          }}
        />
      </Field>
      {report && report.columns.length > 0 && (
        <Columns
          report={report}
          onChoose={(key, heading) => {
            // The others stay as they were understood, so that one choice moves no other column.
            const known = report.columns.flatMap((one) => (one.header ? [[one.key, one.header]] : []));
            const next: Columns = { ...Object.fromEntries(known), [key]: heading };
            if (heading === "") delete next[key];
            setColumns(next);
            preview.mutate(next);
          }}
        />
      )}
      {report && <Found report={report} />}
      <Said problem={preview.error ? words(preview.error) : problem} />
      <div className="acts">
        <Button
          theme={report ? "light" : "solid"}
          disabled={text.trim() === "" && file === null}
          loading={preview.isPending}
          onClick={() => preview.mutate(columns)}
        >
          {t(report ? "lookAgain" : "look")}
        </Button>
        {report && (
          <Button theme="solid" loading={saving} disabled={missing || rows === 0} onClick={() => save()}>
            {t(report.errors.length > 0 ? "bringInRest" : "bringIn")}
          </Button>
        )}
      </div>
    </>
  );
}

async function read(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(typeof reader.result === "string" ? reader.result : ""));
    reader.addEventListener("error", () => reject(reader.error ?? new Error(file.name)));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(",") + 1);
}
