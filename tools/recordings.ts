import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from './recordings-justified.ts';
import { readRecording } from './recordings-read.ts';
import { replay, type Difference } from './recordings-replay.ts';

const DEFAULT_FOLDER = '../shared/recordings';

/** Replays real traffic against the simulator and tells what differs: `npm run recordings -- [DIR]`. */
async function main(folder: string): Promise<number> {
  if (!existsSync(folder)) {
    console.log(`There is no ${folder}: nothing is compared with real traffic.`);
    return process.env['CI'] === 'true' ? 1 : 0;
  }
  const differences: Difference[] = [];
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml'))) {
    const replayed = await replay(readRecording(join(folder, name)));
    const skipped = Object.entries(replayed.skipped).map(([kind, count]) => `${count} ${kind}`);
    const count = replayed.differences.length;
    console.log(
      `${name}: ${replayed.compared} compared, ${count} differences; skipped: ${skipped.join(', ')}`,
    );
    differences.push(...replayed.differences);
  }
  const { justified, unjustified, unused } = judge(differences);
  const reasons = new Map<string, number>();
  for (const { why } of justified) reasons.set(why, (reasons.get(why) ?? 0) + 1);
  console.log(`\n${justified.length} differences are justified:`);
  for (const [why, count] of reasons) console.log(`  ${count} x ${why}`);
  console.log(`${unjustified.length} are not:`);
  for (const { file, index, operation, what } of unjustified) {
    console.log(`  ${file} #${index} ${operation}: ${what}`);
  }
  if (folder === DEFAULT_FOLDER && unused.length > 0) {
    console.log(`${unused.length} justifications are needed no more:`);
    for (const { why } of unused) console.log(`  ${why}`);
    return 1;
  }
  return unjustified.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv[2] ?? DEFAULT_FOLDER);
