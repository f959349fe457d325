/** One line of the table: what was measured, against its limit and target. */
export interface Row {
  readonly metric: string;
  readonly what: string;
  readonly measured: string;
  readonly target: string;
  readonly holds: boolean | 'reported';
  /** Why it misses, and what is planned. */
  readonly why?: string;
}

export interface PeerRow {
  readonly count: number;
  readonly name: string;
  readonly seconds: number;
  readonly requests: number;
  readonly serving: number;
}

export interface Results {
  readonly rows: readonly Row[];
  readonly peers: readonly PeerRow[];
  readonly seeds: string;
  readonly asOf: string;
}

const verdictOf = ({ holds }: Row): string =>
  holds === 'reported' ? 'reported' : holds ? 'holds' : '**misses**';

/** As it is printed: a line for each. */
export function printed({ rows }: Pick<Results, 'rows'>): string {
  return rows
    .map(
      (row) =>
        `${row.metric} ${row.what}: ${row.measured} (target: ${row.target}) ${verdictOf(row).replaceAll('*', '')}`,
    )
    .join('\n');
}

/** How it was measured, where that is not told by the table. */
const HOW = [
  '## How it is measured',
  '',
  '- P10 is measured by `bench/page.ts`, which `npm run bench` runs too.',
  '- P7 adds what the Durable extension takes for an activity (9) and a timer (6), as its source has it, to what the app itself was counted to ask for. What a real host asks an Azurite for is not counted here; idle polling is left out.',
  '- P9 is the processor time of whole rollouts, in a process of their own and without a profiler, times the app’s part of a profile of the same rollouts: of each sample the nearest function on the stack that is the app’s, the simulator’s, the host’s or the lab’s, whose memory stands in for the storage account. The libraries of Functions, Durable and Azure are the app’s, others their caller’s; the collection of garbage is split like all the rest. Every turn replays its history, as in the cloud. What a real host adds by sockets is not in it.',
  '- P12 counts the simulator and the embedded host with the app, and Node’s young generation has the room that it has in the tests (`tools/roomy.ts`).',
  '',
];

/** The page of results. */
export function pageOf({ rows, peers, seeds, asOf }: Results): string {
  const missed = rows.filter(({ holds }) => holds === false);
  return [
    '# What was measured',
    '',
    `\`npm run bench\` wrote this page and [makespan.svg](makespan.svg) on ${asOf}: whole rollouts of the app in virtual time, on the simulator's default profile, judged by the simulator's log alone. ${seeds} The limit is a client that knows each end as it happens: of a barrier, each batch until its slowest instance has served for 30 seconds; of sliding, greedy slots. No view lags for it and no request is slow, so nobody can reach it.`,
    '',
    '| | what | measured | target | verdict |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(
      (row) => `| ${row.metric} | ${row.what} | ${row.measured} | ${row.target} | ${verdictOf(row)} |`,
    ),
    '',
    '## Peers',
    '',
    'The same sets with the same seeds, in the same run, each peer with its own defaults. None of them waits until instances have been well for 30 seconds; the first two do not look at health at all, so more instances are down at once than the floor of 80 % allows. Seconds from the first upgrade until the last instance serves (of this app: until it has served for 30 seconds).',
    '',
    '| instances | client | seconds | requests | fewest serving |',
    '| --- | --- | --- | --- | --- |',
    ...peers.map(
      ({ count, name, seconds, requests, serving }) =>
        `| ${count} | ${name} | ${Math.round(seconds)} | ${Math.round(requests)} | ${Math.round(serving * 100)} % |`,
    ),
    '',
    ...(missed.length === 0
      ? []
      : [
          '## What misses',
          '',
          ...missed.map(({ metric, what, why = '' }) => `- **${metric}, ${what}.** ${why}`),
          '',
        ]),
    ...HOW,
  ].join('\n');
}
