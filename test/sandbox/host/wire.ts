import { type BaseBench, LIN } from "../bitable/support.ts";

export type Answer = { value?: unknown; error?: { code: number; message: string } };

/** The server behind the bridge, over plain HTTP. */
export interface HostWire {
  call(method: string, context: unknown[], ...params: unknown[]): Promise<Answer>;
  /** The value; a refusal fails the test. */
  ok<T>(method: string, context: unknown[], ...params: unknown[]): Promise<T>;
}

export function hostWire({ box, app }: BaseBench, as = LIN): HostWire {
  async function call(method: string, c: unknown[], ...p: unknown[]): Promise<Answer> {
    const batches = [{ method, calls: [{ c, p }] }];
    const { status, json } = await box.lever("POST", "/host/calls", { base: app, as, batches });
    if (status !== 200) throw new Error(JSON.stringify(json));
    return (json as unknown as { batches: Answer[][] }).batches[0]?.[0] ?? {};
  }
  return {
    call,
    async ok<T>(method: string, context: unknown[], ...params: unknown[]) {
      const { value, error } = await call(method, context, ...params);
      if (error) throw new Error(`${method}: ${error.code} ${error.message}`);
      return value as T;
    },
  };
}
