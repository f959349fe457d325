export interface Line {
  readonly name: string;
  readonly colour: string;
  readonly dashed?: true;
  /** Seconds for each number of instances. */
  readonly points: readonly (readonly [number, number])[];
}

const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [820, 400, 64, 24, 230, 44];
const COUNTS = [10, 100, 1000];

/** Makespan over instances, as one drawing that needs nothing else. */
export function chartOf(lines: readonly Line[]): string {
  const most = Math.ceil(Math.max(...lines.flatMap(({ points }) => points.map(([, y]) => y))) / 300) * 300;
  const x = (count: number): number => LEFT + ((Math.log10(count) - 1) / 2) * (WIDTH - LEFT - RIGHT);
  const y = (seconds: number): number => HEIGHT - BOTTOM - (seconds / most) * (HEIGHT - TOP - BOTTOM);
  const text = (at: readonly [number, number], words: string, more = ''): string =>
    `<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" ${more}>${words}</text>`;
  const ticks = Array.from({ length: most / 300 + 1 }, (_, index) => index * 300);
  const ends = spread(lines.map(({ points }) => y(points.at(-1)?.[1] ?? 0)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="sans-serif" font-size="12">`,
    '<title>How long an image upgrade takes, over the number of instances</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...ticks.flatMap((seconds) => [
      `<path d="M${LEFT} ${y(seconds).toFixed(1)}H${WIDTH - RIGHT}" stroke="#ddd"/>`,
      text([LEFT - 8, y(seconds) + 4], String(seconds / 60), 'text-anchor="end"'),
    ]),
    text([LEFT - 8, TOP - 8], 'minutes', 'text-anchor="end"'),
    ...COUNTS.map((count) => text([x(count), HEIGHT - BOTTOM + 18], String(count), 'text-anchor="middle"')),
    text([(LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8], 'instances', 'text-anchor="middle"'),
    ...lines.flatMap(({ name, colour, dashed, points }, index) => [
      `<path d="${points.map(([count, seconds], at) => `${at === 0 ? 'M' : 'L'}${x(count).toFixed(1)} ${y(seconds).toFixed(1)}`).join('')}" fill="none" stroke="${colour}" stroke-width="2"${dashed ? ' stroke-dasharray="6 4"' : ''}/>`,
      text([WIDTH - RIGHT + 10, (ends[index] ?? 0) + 4], name, `fill="${colour}"`),
    ]),
    '</svg>',
    '',
  ].join('\n');
}

/** Names beside lines that end close to each other are moved apart. */
function spread(ends: readonly number[]): readonly number[] {
  const placed = new Map<number, number>();
  let last = Number.NEGATIVE_INFINITY;
  for (const [index, end] of [...ends.entries()].toSorted(([, a], [, b]) => a - b)) {
    last = Math.max(end, last + 16);
    placed.set(index, last);
  }
  return ends.map((_, index) => placed.get(index) ?? 0);
}
