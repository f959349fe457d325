/** One place in `src/` that keeps an invariant of docs/DESIGN.md, and the test that fails when it is not there. */
export interface Fence {
  /** What it keeps from happening, in a few words. */
  readonly name: string;
  readonly invariant: string;
  /** Below `src/`. */
  readonly file: string;
  /** The text to take out, found exactly once; how lines are broken does not matter. */
  readonly find: string;
  /** What stands there without the fence. */
  readonly without: string;
  /** Below `test/`, and the full name of a test in it, as far as it tells that test from others. */
  readonly test: readonly [file: string, name: string];
}

/** The source without the fence; throws where the fence is not found exactly once. */
export function removeFence(source: string, { name, file, find, without }: Fence): string {
  const pieces = source.split(new RegExp(looselyBroken(find)));
  if (pieces.length !== 2) {
    throw new Error(`"${name}": found ${pieces.length - 1} times in src/${file}, not once: ${find}`);
  }
  return pieces.join(without);
}

/** Any white space matches any other, and a comma may follow the last of several lines. */
function looselyBroken(text: string): string {
  return text
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
    .join(String.raw`\s+`);
}
