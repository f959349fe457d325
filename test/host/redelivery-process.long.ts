import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { eventually, spawnHost, type ChildHost } from './support/child-host.ts';
import { CONSTRUCTS_FOLDER } from './support/constructs-app.ts';

const HIDDEN_SECONDS = 2;
const management = (host: ChildHost): string => `${host.origin}/runtime/webhooks/durabletask`;

async function start(host: ChildHost, orchestration: string, id: string, input: unknown): Promise<void> {
  const url = `${management(host)}/orchestrators/${orchestration}/${id}`;
  expect((await fetch(url, { method: 'POST', body: JSON.stringify(input) })).status).toBe(202);
}

const outputOf = (host: ChildHost, id: string): Promise<unknown> =>
  eventually(async () => {
    const answer = await fetch(`${management(host)}/instances/${id}`);
    return answer.status === 200 ? ((await answer.json()) as { output: unknown }).output : undefined;
  });

const hasRun = (host: ChildHost, key: string): Promise<true> =>
  eventually(async () => {
    const answer = await fetch(`${host.origin}/v1/runs/${key}`);
    return (await answer.text()) === '1' ? true : undefined;
  });

/** golden 6.1 to 6.3: what was under way waits for its redelivery, after SIGTERM as after SIGKILL; all else goes on. */
it.each(['SIGKILL', 'SIGTERM'] as const)(
  'after a %s only what was under way waits',
  async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), 'redelivery-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const args = ['--app', CONSTRUCTS_FOLDER, '--state', folder, '--redelivery', String(HIDDEN_SECONDS)];
    await using first = await spawnHost(args);
    await start(first, 'approval', 'waits', {});
    await start(first, 'napping', 'naps', 1500);
    await hasRun(first, 'naps');
    const ran = performance.now();
    await first.kill(signal);

    await using second = await spawnHost(args);
    await fetch(`${management(second)}/instances/waits/raiseEvent/decision`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ approved: true, by: 'ann' }),
    });
    expect(await outputOf(second, 'waits')).toBe('approved by ann');
    const again = await hasRun(second, 'naps').then(() => performance.now());
    // Seen a moment after it was taken, and whole renewals may lie between.
    expect(again - ran).toBeGreaterThan((HIDDEN_SECONDS - 0.5) * 1000);
    expect(await outputOf(second, 'naps')).toBe('slow');
  },
  60_000,
);
