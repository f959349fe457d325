import { expect, it } from 'vitest';
import { livedAudit } from '../lab/tampered.ts';
import { seenOf } from './run.ts';
import { ok } from './scripted-app.ts';

const all = await livedAudit();
const half = Math.ceil(all.records.length / 2);

/** In two pages, as the app sends them. */
const script = (records = all.records) => ({
  'GET /api/audit/anchors?top=100': [ok({ value: all.anchors })],
  'GET /api/audit': [
    ok({ value: records.slice(0, half), heads: [], nextLink: 'http://elsewhere/api/audit?skipToken=acts:2' }),
  ],
  'GET /api/audit?skipToken=acts:2': [ok({ value: records.slice(half), heads: all.heads })],
});

// Feature [Audit] The command line reckons every hash itself, and names the record that was changed or is missing (issue 14)
it('says that the audit is whole, by its own reckoning', async () => {
  const seen = await seenOf(script(), ['audit', 'verify']);
  expect(seen).toContain('exit 0');
  expect(seen).toContain(
    `the audit is whole: ${all.records.length} records in 3 chains, ${all.anchors.length} anchors`,
  );
});

it('names the record that was changed, and ends with 1', async () => {
  const [first, second, ...others] = all.records;
  if (first === undefined || second === undefined) throw new Error('there are too few records');
  const forged = [first, { ...second, message: 'nothing happened' }, ...others];
  const seen = await seenOf(script(forged), ['audit', 'verify']);
  expect(seen).toContain('exit 1');
  expect(seen).toContain(`chain acts, record 2 was changed: it does not have the hash that it names`);
});

it('verifies an export without the app, and names what is missing at the end', async () => {
  const whole = await seenOf({}, ['audit', 'verify', '-'], { stdin: JSON.stringify(all) });
  expect(whole).toContain('exit 0');
  const cut = { ...all, records: all.records.slice(0, -1) };
  const seen = await seenOf({}, ['audit', 'verify', '-'], { stdin: JSON.stringify(cut) });
  expect(seen).toContain('exit 1');
  expect(seen).toMatch(/chain \S+: record \d+ is missing, by its head/);
});

it('exports what it can verify', async () => {
  const seen = await seenOf(script(), ['audit', 'export']);
  const json = seen.slice(seen.indexOf('{'), seen.lastIndexOf('}') + 1);
  expect(await seenOf({}, ['audit', 'verify', '-'], { stdin: json })).toContain('exit 0');
});

it.each([
  [['audit', 'verify', '-', '--rollout', 'r'], '{}'],
  [['audit', 'verify', '-'], '{}'],
])('refuses %j', async (argv, stdin) => {
  expect(await seenOf({}, argv, { stdin })).toContain('exit 2');
});
