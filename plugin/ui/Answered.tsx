import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failed } from "./Failed.tsx";
import { Loading } from "./Loading.tsx";

/** What a query gives, with its loading and its error; old content stays while new is fetched. */
export function Answered<T>({ of, children }: { of: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const again = () => void of.refetch();
  if (of.data === undefined) return of.isError ? <Failed error={of.error} onRetry={again} /> : <Loading />;
  return (
    <>
      {of.isError && <Failed error={of.error} onRetry={again} />}
      {children(of.data)}
    </>
  );
}
