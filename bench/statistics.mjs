// @ts-check

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Images a second over the rounds. @param {number[]} rates */
export const summarize = (rates) =>
  ({ images_per_second: median(rates), lowest: Math.min(...rates), highest: Math.max(...rates) });
