/**
 * The clock of the deployment. Due times, back-off, rate windows and token lifetimes all run on it; with the sandbox the
 * sandbox's clock is this clock, so that months pass in minutes. Only socket time-outs and database leases are real time.
 */
export interface Clock {
  /** ms since 1970. */
  now(): number;
  /** Resolves when the clock has reached `at` (at once if it has). */
  until(at: number): Promise<void>;
}
