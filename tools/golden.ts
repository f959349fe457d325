import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compareRecording, OUTCOME_OF_CHANCE, type Verdict } from '../test/host/golden/compare.ts';
import { compareManagement, managementGroups, NOT_REPLAYED } from '../test/host/golden/management.ts';
import { haveRecordings, openRecordings, RECORDED, type Recordings } from '../test/host/golden/recordings.ts';

const WAYS = ['worker', 'turns', 'endToEnd', 'management'] as const;
type Way = (typeof WAYS)[number];

interface Row {
  readonly way: Way;
  readonly scenario: string;
  readonly verdict: Verdict;
}

/** Compares the host with every recording of the given folders and prints what differs; ends with 1 if anything does. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { recordings: { type: 'string', multiple: true } } });
  if (!haveRecordings()) return;
  const folders = values.recordings?.map((folder) => resolve(folder)) ?? RECORDED;
  const missing = folders.find((folder) => !existsSync(folder));
  if (missing !== undefined) {
    console.error(`There is no folder ${missing}.`);
    process.exit(2);
  }
  let differs = false;
  for (const folder of folders) {
    const recordings = openRecordings(folder);
    const rows = [...(await recordingRows(recordings)), ...(await managementRows(recordings))];
    print(recordings, rows);
    differs ||= rows.some(({ verdict }) => verdict.differences.length > 0);
  }
  console.log('Not compared, and why (docs/HOST.md):');
  for (const [name, reason] of OUTCOME_OF_CHANCE) console.log(`  ${name}, end to end: ${reason}`);
  for (const [name, reason] of NOT_REPLAYED) console.log(`  ${name}, management: ${reason}`);
  process.exit(differs ? 1 : 0);
}

async function recordingRows(recordings: Recordings): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const scenario of recordings.names) {
    const comparison = await compareRecording(recordings, scenario);
    for (const way of ['worker', 'turns', 'endToEnd'] as const) {
      rows.push({ way, scenario, verdict: comparison[way] });
    }
  }
  return rows;
}

async function managementRows(recordings: Recordings): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const group of managementGroups(recordings)) {
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

function print(recordings: Recordings, rows: readonly Row[]): void {
  console.log(`${recordings.label}, played under schema ${recordings.schema}`);
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
    for (const one of verdict.differences) console.log(`${scenario} (${way}): ${one.slice(0, 600)}`);
  }
}

await main();
