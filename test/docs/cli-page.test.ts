import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startLab, WEB, type Lab } from '../lab/lab.ts';
import type { Context } from '../../cli/context.ts';
import { typedIn } from './transcript.ts';

const PAGE = readFileSync(new URL('../../docs/CLI.md', import.meta.url), 'utf8');

/** Rows of the table of commands: an example, and the codes it may end with. */
const ROWS = [...PAGE.matchAll(/^\| `[a-z-]+`[^|]*\|[^|]*(?:\|\|[^|]*)*\| `([^`]+)` +\|([^|]*)\|$/gm)]
  .map(([, example = '', codes = '']) => ({
    example,
    codes: [
      0,
      1,
      ...codes
        .split(',')
        .filter((code) => code.trim() !== '')
        .map(Number),
    ],
  }))
  .filter(({ example }) => !example.startsWith('VMSS_') && !example.startsWith('--'));

/** A rollout that has not ended: where there is none, one that waits for a person. */
async function waiting(lab: Lab): Promise<string> {
  const { body } = await lab.call('GET', '/rollouts');
  const live = body.value.find(({ endedAt }: { endedAt: string | null }) => endedAt === null);
  if (live !== undefined) return live.id;
  const id = await lab.start({ change: { force: 'restart' }, approvals: { before: 'batch' } });
  await lab.until(id, 'waiting');
  return id;
}

/** Presses Ctrl-C where a command waits for longer than a minute: the rollout may wait for a person. */
function lettingGo(lab: Lab): Pick<Context, 'clock' | 'interrupted'> {
  const ctrlC = new AbortController();
  const until = lab.host.clock.now() + 60_000;
  return {
    interrupted: ctrlC.signal,
    clock: {
      now: () => lab.host.clock.now(),
      async sleep(seconds) {
        await lab.host.advance(seconds * 1000);
        if (lab.host.clock.now() > until) ctrlC.abort();
      },
    },
  };
}

describe('every command of docs/CLI.md', () => {
  it('is found', () => expect(ROWS.length).toBeGreaterThan(25));

  it('is one that the command line takes, and ends as the page says', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cli-page-'));
    writeFileSync(join(folder, 'policy.json'), '{"rules":[]}');
    await using lab = await startLab({ count: 10 });
    for (const { example, codes } of ROWS) {
      const id = example.includes('7f3c') ? await waiting(lab) : '7f3c';
      const words = (example.match(/"[^"]*"|\S+/g) ?? [])
        .map((word) => word.replaceAll('"', '').replace('$SCALE_SET', WEB).replace('7f3c', id))
        .map((word) => (/^(?:policy\.json|rollout\.md)$/.test(word) ? join(folder, word) : word));
      const { code, err } = await typedIn(lab, words, lettingGo(lab));
      expect([...codes, 130], `${example}\n${err}`).toContain(code);
    }
  });
});
