/** Something to wait for: `change()` resolves at the next `notify()`, or rejects when `deadline` (real time) passes first. */
export function createSignal() {
  let waiting: (() => void)[] = [];
  return {
    notify(): void {
      const wake = waiting;
      waiting = [];
      for (const resume of wake) resume();
    },
    change(deadline: number, why: () => string): Promise<void> {
      return new Promise((resolve, reject) => {
        const left = Math.max(0, deadline - performance.now());
        const timer = setTimeout(() => reject(new Error(why())), left);
        timer.unref();
        waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    },
  };
}

export type Signal = ReturnType<typeof createSignal>;
