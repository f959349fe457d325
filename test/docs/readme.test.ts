import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startLab, WEB } from '../lab/lab.ts';
import { typed } from './transcript.ts';

const COMMAND = 'start --scale-set "$SCALE_SET" --image-version latest --wait';

/** The page leaves out how each wait ends, which every line says; ids end in chance. */
function asShown(line: string): string {
  return line.replace(/(\d{8}-\d{6})-[\da-f]{8}/, '$1-…');
}

it('README.md shows a run as it is', async () => {
  const page = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, shown = ''] = /^```text\n([^]*?)^```/m.exec(page) ?? [];
  await using lab = await startLab({ count: 3 });
  const words = COMMAND.split(' ').map((word) => (word === '"$SCALE_SET"' ? WEB : word));
  const lines = (await typed(lab, words)).split('\n');
  const end = lines.findIndex((line) => line.includes('succeeded'));
  const run = [`$ npx vmss-rollout ${COMMAND}`, ...lines.slice(0, end + 1)].map(asShown);
  expect(shown.trimEnd().split('\n').map(asShown)).toEqual(run);
});
