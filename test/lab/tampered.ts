import { faultsIn } from '../../cli/audit-chain.ts';
import type { AuditExport } from '../../cli/audit-chain.ts';
import { createRandomStreams } from '../../local/simulator/time/random.ts';
import { exportedAudit } from './audit.ts';
import { startLab } from './lab.ts';

/** Two rollouts, a policy and a freeze, anchored twice. */
export async function livedAudit(): Promise<AuditExport> {
  await using lab = await startLab({ count: 4 });
  await lab.rollOut();
  await lab.call('POST', '/freeze', { reason: 'incident' });
  await lab.host.fireTimer('anchorAudit');
  await lab.call('DELETE', '/freeze', { reason: 'over' });
  await lab.rollOut({ change: { image: { version: '22.04.202610080' } } });
  await lab.call('PUT', '/policy', { policy: { rules: [] }, reason: 'audit' }, { 'if-match': '"policy-0"' });
  await lab.host.fireTimer('anchorAudit');
  return exportedAudit(lab);
}

type Tamper = (all: AuditExport, draw: (below: number) => number) => AuditExport;

const at = <T>(all: readonly T[], index: number): T => {
  const found = all[index];
  if (found === undefined) throw new Error(`there is no ${index}`);
  return found;
};

/** One bit of one character of a text. */
function flipped(text: string, draw: (below: number) => number): string {
  const index = draw(text.length);
  const code = text.charCodeAt(index) ^ (1 << draw(5));
  return `${text.slice(0, index)}${String.fromCharCode(code)}${text.slice(index + 1)}`;
}

function changed(value: unknown, draw: (below: number) => number): unknown {
  if (typeof value === 'number') return value + 1 + draw(3);
  return typeof value === 'string' && value !== '' ? flipped(value, draw) : [];
}

const TAMPER: Readonly<Record<string, Tamper>> = {
  flipped: (all, draw) => {
    const index = draw(all.records.length);
    const record = at(all.records, index);
    const fields = Object.entries(record);
    const [name, value] = at(fields, draw(fields.length));
    const records = all.records.with(index, { ...record, [name]: changed(value, draw) });
    return { ...all, records };
  },
  dropped: (all, draw) => ({ ...all, records: all.records.toSpliced(draw(all.records.length), 1) }),
  'put elsewhere': (all, draw) => {
    const from = draw(all.records.length);
    const { chain } = at(all.records, from);
    const places = all.records.flatMap((one, index) =>
      one.chain === chain && index !== from ? [index] : [],
    );
    const moved = all.records.toSpliced(from, 1);
    return { ...all, records: moved.toSpliced(at(places, draw(places.length)), 0, at(all.records, from)) };
  },
  'cut off': (all, draw) => {
    const { chain, number } = at(all.records, draw(all.records.length));
    return { ...all, records: all.records.filter((one) => one.chain !== chain || one.number < number) };
  },
  'cut off, with its head': (all, draw) => {
    const anchored = at(all.anchors, draw(all.anchors.length)).heads;
    const { chain, count } = at(anchored, draw(anchored.length));
    const least = draw(count);
    const last = all.records.find((one) => one.chain === chain && one.number === least);
    return {
      ...all,
      records: all.records.filter((one) => one.chain !== chain || one.number <= least),
      heads: all.heads.map((head) =>
        head.chain === chain ? { chain, count: least, hash: last?.hash ?? '' } : head,
      ),
    };
  },
};

/** Tampers with an audit so many times, each time in another way and place; answers with what was not found. */
export function missedIn(all: AuditExport, tries: number): readonly string[] {
  const random = createRandomStreams(14)('audit');
  const draw = (below: number): number => Math.floor(random.next() * below);
  const ways = Object.entries(TAMPER);
  const missed: string[] = [];
  for (let round = 0; round < tries; round += 1) {
    const [name, tamper] = at(ways, round % ways.length);
    if (faultsIn(tamper(all, draw)).length === 0) missed.push(`${name}, round ${round}`);
  }
  return missed;
}
