import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../cli/context.ts';
import { typedIn } from '../docs/transcript.ts';
import { NEW, startLab, type Lab } from '../lab/lab.ts';

/** What would move the cursor, begin a line, turn the direction of writing, or be markup, were it not text. */
const HOSTILE =
  'x\u001B[2J\u009B1m\u0007\r\nforged: ok\n\n# forged\u2028forged\t\u202E\u2066\u200F\uFEFF<img src=x onerror=a()>|`*_[a](javascript:b) ::error::';
/** Fields that others fill with what they like. */
const OF_OTHERS = new Set(
  'reason message name remedy detail title by requestedBy before after was displayStatus team pipeline frozenBy note'.split(
    ' ',
  ),
);
const CONTROL = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

let lab: Lab;
let id = '';

beforeAll(async () => {
  lab = await startLab({ count: 5, faults: [{ kind: 'badImage', version: NEW, updateDomains: [1] }] });
  id = await lab.start({ reason: 'r', labels: { team: 'shop' }, onFailure: 'pause' });
  await lab.until(id, 'paused');
});

afterAll(() => lab[Symbol.asyncDispose]());

/** The same answer with hostile words wherever others write some. */
function poisoned(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return OF_OTHERS.has(key) ? HOSTILE : value;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, poisoned(one, name)]));
}

const hostileApp = (): Pick<Context, 'http'> => ({
  http: {
    baseUrl: 'http://app',
    async fetch(input, init) {
      const response = await lab.host.request(new Request(input, init));
      const { status, headers } = response;
      return new Response(JSON.stringify(poisoned(await response.json())), { status, headers });
    },
  },
});

const COMMANDS = [
  'status ID',
  'status ID --instances',
  'status ID --events',
  'list',
  'plan ID',
  'plan --scale-set SET --image-version latest',
  'explain ID',
  'events ID',
  'rollback ID --timeout 1',
  'doctor',
  'freeze',
  'policy',
  'scale-sets list',
  'scale-sets show SET',
  'scale-sets instances SET',
  'scale-sets instance SET 1',
  'wait ID --for paused',
  'watch ID --timeout 1',
  'approve ID',
];
const SET =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rollout/providers/Microsoft.Compute/virtualMachineScaleSets/web';

const wordsOf = (line: string): readonly string[] =>
  line.split(' ').map((word) => word.replace('ID', id).replace('SET', SET));

function expectText(written: string, what: string): void {
  for (const line of written.split('\n')) {
    expect(CONTROL.test(line), `${what}: ${JSON.stringify(line)}`).toBe(false);
    expect(line, what).not.toMatch(/^\W*forged/);
  }
}

describe('hostile names, reasons, tags and error texts', () => {
  // Feature [For a bad night] Hostile names, tags, error texts and reasons are text in the terminal, in TSV, in CSV and in the job's summary (CLI)
  //   shown by: hostile names, reasons, tags and error texts > are text in the terminal
  it.each([
    ['the terminal', { columns: 80, rows: 30, colour: false }],
    ['a log', undefined],
  ])('are text in %s', async (_, terminal) => {
    let poison = 0;
    for (const line of COMMANDS) {
      const { out, err } = await typedIn(lab, wordsOf(line), { ...hostileApp(), terminal });
      const bare = err
        .replaceAll('\u001B', '<esc>')
        .replaceAll(/<esc>\[(?:\d+A|0J)/g, '')
        .replaceAll('<esc>', '\u001B');
      expectText(out, line);
      expectText(bare, line);
      if (`${out}${bare}`.includes(String.raw`\u001b[2J`)) poison += 1;
    }
    // Not all show words of others, or not whole.
    expect(poison).toBeGreaterThan(9);
  });

  it('are one cell each in TSV', async () => {
    const words = ['list', '--query', '[].[id, reason, phase]', '-o', 'tsv'];
    const { out } = await typedIn(lab, words, hostileApp());
    expectText(out.replaceAll('\t', ' '), 'tsv');
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((row) => row.split('\t').length),
    ).toEqual([3]);
  });

  it('are one cell each in CSV, as another reader has it', async () => {
    for (const line of COMMANDS.filter((one) => !/--events|^events|--timeout|^open/.test(one))) {
      const { out } = await typedIn(lab, [...wordsOf(line), '-o', 'csv'], hostileApp());
      expectText(out.replaceAll('\r\n', '\n'), line);
    }
    const words = ['list', '--query', '[].{id: id, reason: reason, phase: phase}', '-o', 'csv'];
    const { out } = await typedIn(lab, words, hostileApp());
    const [header, ...rows] = parse(out, { record_delimiter: '\r\n' });
    expect(header).toEqual(['id', 'reason', 'phase']);
    expect(rows).toEqual([[id, expect.stringContaining('forged'), expect.any(String)]]);
  });

  it('are text in the summary of a job', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'hostile-')), 'report.md');
    const { code } = await typedIn(lab, ['status', id, '--report', file, '-o', 'none'], hostileApp());
    expect(code).toBe(0);
    const report = readFileSync(file, 'utf8');
    expectText(report, 'report');
    expect(report).toContain('&lt;img');
    expect(report).not.toMatch(/<img|(?<!\\)\]\(javascript|(?<!\\)`\*/);
    const widths = report
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.replaceAll(String.raw`\|`, '').split('|').length);
    expect(Math.max(...widths)).toBeLessThan(12);
  });
});
