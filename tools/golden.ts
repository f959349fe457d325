import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compareRecording, OUTCOME_OF_CHANCE, type Verdict } from '../test/host/golden/compare.ts';
import { compareManagement, managementGroups, NOT_REPLAYED } from '../test/host/golden/management.ts';
import { GOLDEN, haveRecordings, recordedNames, useRecordings } from '../test/host/golden/recordings.ts';

const WAYS = ['worker', 'turns', 'endToEnd', 'management'] as const;
type Way = (typeof WAYS)[number];

interface Row {
  readonly way: Way;
  readonly scenario: string;
  readonly verdict: Verdict;
}

/** Compares the host with every recording in a folder and prints what differs; ends with 1 if anything does. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { recordings: { type: 'string' } } });
  if (!haveRecordings()) return;
  const folder = resolve(values.recordings ?? join(GOLDEN, 'recordings'));
  if (!existsSync(folder)) {
    console.error(`There is no folder ${folder}.`);
    process.exit(2);
  }
  useRecordings(folder);
  const rows = [...(await recordingRows()), ...(await managementRows())];
  print(rows);
  process.exit(rows.some(({ verdict }) => verdict.differences.length > 0) ? 1 : 0);
}

async function recordingRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const scenario of recordedNames()) {
    const comparison = await compareRecording(scenario);
    for (const way of ['worker', 'turns', 'endToEnd'] as const) {
      rows.push({ way, scenario, verdict: comparison[way] });
    }
  }
  return rows;
}

async function managementRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const group of managementGroups()) {
    const differences = await compareManagement(group);
    rows.push({
      way: 'management',
      scenario: group.name,
      verdict: { compared: group.exchanges.length, differences },
    });
  }
  return rows;
}

const UNITS: Readonly<Record<Way, string>> = {
  worker: 'turns',
  turns: 'turns',
  endToEnd: 'runs',
  management: 'answers',
};

function print(rows: readonly Row[]): void {
  console.log('way         scenarios  compared         equal  different');
  for (const way of WAYS) {
    const own = rows.filter((row) => row.way === way && row.verdict.compared > 0);
    const compared = own.reduce((sum, { verdict }) => sum + verdict.compared, 0);
    const different = own.filter(({ verdict }) => verdict.differences.length > 0);
    const columns = [
      own.length,
      `${compared} ${UNITS[way]}`,
      own.length - different.length,
      different.length,
    ];
    const [scenarios, count, equal, unequal] = columns.map(String);
    console.log(
      way.padEnd(12) +
        scenarios?.padStart(9) +
        count?.padStart(15) +
        equal?.padStart(9) +
        unequal?.padStart(11),
    );
  }
  for (const { way, scenario, verdict } of rows) {
    const [first] = verdict.differences;
    if (first !== undefined) console.log(`${scenario} (${way}): ${first.slice(0, 600)}`);
  }
  console.log('Not compared, and why (docs/HOST.md):');
  for (const [name, reason] of OUTCOME_OF_CHANCE) console.log(`  ${name}, end to end: ${reason}`);
  for (const [name, reason] of NOT_REPLAYED) console.log(`  ${name}, management: ${reason}`);
}

await main();
