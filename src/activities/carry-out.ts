import { carryOut } from '../core/carry-out.ts';
import { countRows } from '../core/ledger.ts';
import { readLedger, writeLedger } from '../store/ledger.ts';
import { save } from './brief.ts';
import type { Brief } from './brief.ts';
import type { Ports } from './ports.ts';

/** Carries out retries and skips that the command log holds and nobody has seen to yet. */
export async function carryOutCommands(brief: Brief, ports: Ports): Promise<Brief> {
  const { record } = brief;
  const due = brief.commands.filter(
    ({ sequence, command }) => sequence > record.carriedOut && (command === 'retry' || command === 'skip'),
  );
  const last = due.at(-1);
  if (last === undefined) return brief;
  const rows = await readLedger(ports.store, record.id);
  const after = due.reduce((changed, command) => carryOut(changed, command), rows);
  await writeLedger(
    ports.store,
    record.id,
    after.filter((row, index) => row !== rows[index]),
  );
  const retried = new Set(
    after
      .filter((row, i) => row.state === 'pending' && rows[i]?.state === 'failed')
      .map(({ batch }) => batch),
  );
  const batches = record.batches.map((batch) => {
    if (!retried.has(batch.index)) return batch;
    const { settledAt: _settled, endedAt: _ended, ...kept } = batch;
    return { ...kept, phase: 'upgrading' as const };
  });
  const isFailed = after.some(({ state }) => state === 'failed');
  return save(brief, ports, {
    carriedOut: last.sequence,
    batches,
    counts: countRows(after),
    ...(!isFailed && { failure: undefined }),
  });
}
