/** Why something was not done, beside the button that asked for it. */
export function Said({ problem }: { problem: { message: string; next: string | null } | null }) {
  if (!problem) return null;
  return (
    <p role="alert" className="wrong">
      {problem.message}
      {problem.next && ` ${problem.next}`}
    </p>
  );
}
