import { expect } from 'vitest';
import { faultsIn } from '../../cli/audit-chain.ts';
import type { AuditExport } from '../../cli/audit-chain.ts';
import { writes } from './judge.ts';
import type { Lab } from './lab.ts';

/** All that the app tells of its audit, page after page. */
export async function exportedAudit(lab: Lab, query = ''): Promise<AuditExport> {
  const anchors = (await lab.call('GET', '/audit/anchors?top=100')).body.value;
  const all: AuditExport = { records: [], heads: [], anchors };
  for (let path = `/audit${query}`; ;) {
    const { value, heads, nextLink } = (await lab.call('GET', path)).body;
    all.records.push(...value);
    all.heads.push(...heads);
    if (nextLink === undefined) return all;
    path = `/audit${new URL(nextLink).search}`;
  }
}

const isIntent = ({ kind }: { readonly kind: string }): boolean => kind.endsWith('Intended');

/** The audit is whole by the verifier of the command line, tells of each event once, and of each write before it. */
export async function expectAudited(lab: Lab, id: string): Promise<void> {
  const all = await exportedAudit(lab, `?rollout=${id}`);
  expect(faultsIn({ ...all, rollout: id })).toEqual([]);
  const events = (await lab.call('GET', `/rollouts/${id}/events`)).body.value;
  const told = all.records.slice(1).map(({ event, kind, at }) => ({ sequence: event, kind, time: at }));
  expect(told).toEqual(
    events.map(({ sequence, kind, time }: (typeof events)[number]) => ({ sequence, kind, time })),
  );
  const intents = all.records.filter((record) => isIntent(record)).map(({ at }) => Date.parse(at));
  const begun = Date.parse(all.records[0]?.at ?? '');
  const sent = writes(lab.log).filter(({ time }) => time >= begun);
  for (const [index, { time: sentAt }] of sent.entries()) {
    expect(intents.filter((time) => time <= sentAt).length).toBeGreaterThan(index);
  }
}
