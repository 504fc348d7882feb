import { Button, Spin, Typography } from "@douyinfe/semi-ui";
import { useWorld } from "./world.tsx";

/** What stands where there is nothing to show: one sentence, and a hint. */
export function Blank({ title, hint }: { title: string; hint?: string | undefined }) {
  return (
    <div className="blank">
      <Typography.Text strong>{title}</Typography.Text>
      {hint && <Typography.Text type="tertiary">{hint}</Typography.Text>}
    </div>
  );
}

interface Reading {
  isPending: boolean;
  error: Error | null;
  refetch: () => unknown;
}

/** Loading and failure of a query; null when there is something to show. */
export function waiting(query: Reading): React.ReactNode {
  if (query.error) return <Failed query={query} />;
  return query.isPending ? <Loading /> : null;
}

function Loading() {
  const { words } = useWorld();
  return (
    <output className="blank" aria-label={words.loading}>
      <Spin />
    </output>
  );
}

function Failed({ query }: { query: Reading }) {
  const { words } = useWorld();
  return (
    <div className="blank" role="alert">
      <Typography.Text strong>{words.failed}</Typography.Text>
      <Typography.Text type="tertiary">{query.error?.message}</Typography.Text>
      <Button onClick={() => void query.refetch()}>{words.again}</Button>
    </div>
  );
}
