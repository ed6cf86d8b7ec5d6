/** Lets `width` through at a time; a machine that starts twenty processes at once starts none of them in time. */
export function openStartGate(width: number): () => Promise<() => void> {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async () => {
    if (inside >= width) await new Promise<void>(resolve => waiting.push(resolve));
    inside++;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      inside--;
      waiting.shift()?.();
    };
  };
}
