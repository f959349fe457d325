import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerRow } from '../../src/core/record/ledger.ts';
import { newRollout } from '../../src/core/record/new-rollout.ts';
import type { Operation } from '../../src/core/record/operation.ts';
import type { RolloutRecord } from '../../src/core/record/rollout.ts';
import { readSpec } from '../../src/core/spec/spec.ts';
import { appendCommand } from '../../src/store/commands.ts';
import { readEvents } from '../../src/store/events.ts';
import { readPlan } from '../../src/store/plans.ts';
import type { Change, Documents, Store } from '../../src/store/port.ts';
import { readRecords } from '../../src/store/records.ts';
import type { Records } from '../../src/store/records.ts';
import { readSecrets } from '../../src/store/secrets.ts';
import { insertRollout, readRollout, RecordMovedError } from '../../src/store/rollouts.ts';
import { aRow as builtRow } from '../lab/builders.ts';
import { WEB } from '../lab/names.ts';
import { STORES } from './support/stores.ts';

const AT = '2026-11-21T08:00:00.000Z';

const aRow = (instanceId: number, more: Partial<LedgerRow> = {}): LedgerRow =>
  builtRow(String(instanceId), { vmId: '0f61e4f5-2f2b-4a68-9a3f-6e9f3c2d5a11', ...more });

/** As one that has failed again and again, with all that the service said of it. */
function aLongRow(instanceId: number): LedgerRow {
  const failure = { code: 'OSProvisioningTimedOut', message: 'x'.repeat(600) };
  return aRow(instanceId, {
    state: 'failed',
    failure,
    earlierFailures: Array.from({ length: 7 }, () => failure),
  });
}

function anOperation(key: string): Operation {
  return {
    key,
    kind: 'upgrade',
    direction: 'forward',
    batch: 0,
    instances: ['0'],
    status: 'intended',
    intendedAt: AT,
  };
}

const rows = (count: number, row = aRow): LedgerRow[] => Array.from({ length: count }, (_, id) => row(id));

describe.each(STORES)('records in the $name store', ({ start }) => {
  let store: Store;
  let end: () => Promise<void>;
  beforeAll(async () => {
    ({ store, end } = await start());
  });
  afterAll(() => end());

  const aRollout = async (): Promise<string> => {
    const read = readSpec({ scaleSet: WEB, reason: 'é😀' });
    if (read.kind === 'invalid') throw new Error(JSON.stringify(read.errors));
    const id = `r-${randomUUID()}`;
    const { spec } = read;
    await insertRollout(store, newRollout({ id, spec, requestedBy: 'ada', createdAt: AT, fencingToken: 1 }));
    return id;
  };
  const recordsOf = async (id: string, at: Store = store): Promise<Records> => {
    const records = await readRecords(at, id);
    if (records === undefined) throw new Error(`there is no rollout ${id}`);
    return records;
  };
  /** Commits what was put in, and tells it in one event. */
  const commit = (records: Records, changes: Partial<RolloutRecord> = {}): Promise<unknown> => {
    const { record, etag } = records;
    const events = [{ kind: 'settled' as const, message: `event ${record.lastEvent + 1}` }];
    return records.commit({ record: { ...record, ...changes }, events, time: AT, etag });
  };
  const seen = async (id: string) => {
    const { record, rows: all, operations } = await recordsOf(id);
    return { record, rows: all, operations, events: await readEvents(store, id) };
  };
  const documentsOf = async (id: string): Promise<readonly string[]> =>
    (await store.documents.list('rollouts', id)).map(({ row }) => row);
  const chunksOf = async (id: string): Promise<readonly string[]> =>
    (await documentsOf(id)).filter((row) => /^(?:rows|operations)-/.test(row)).toSorted();
  const chunksThatHold = async (id: string): Promise<readonly string[]> => {
    const head = await store.documents.get({ table: 'rollouts', partition: id, row: 'head' });
    const { chunks } = (head?.value ?? {}) as { chunks: Record<string, readonly string[]> };
    return Object.values(chunks).flat().toSorted();
  };

  it('are not there before the rollout is', async () => {
    expect(await readRecords(store, 'nobody')).toBeUndefined();
    expect(await readRollout(store, 'nobody')).toBeUndefined();
  });

  it('keep the record, rows, operations and events of a step', async () => {
    const id = await aRollout();
    const records = await recordsOf(id);
    records.putRows([aRow(10), aRow(9)]);
    records.putOperation(anOperation('upgrade-1'));
    expect(records.isChanged).toBe(true);
    await commit(records, { phase: 'upgrading' });
    expect(records.isChanged).toBe(false);
    expect(await seen(id)).toMatchObject({
      record: { phase: 'upgrading', lastEvent: 1, spec: { reason: 'é😀' } },
      rows: [aRow(9), aRow(10)],
      operations: [anOperation('upgrade-1')],
      events: [{ sequence: 1, message: 'event 1' }],
    });
  });

  it('show what was put in at once, and keep nothing of it without a commit', async () => {
    const id = await aRollout();
    const records = await recordsOf(id);
    records.putRows(rows(3));
    records.putRows([aRow(1, { state: 'done' })]);
    expect(records.rows.map(({ state }) => state)).toEqual(['pending', 'done', 'pending']);
    expect((await seen(id)).rows).toEqual([]);
  });

  it('cannot be changed but by a commit, though what did not change is read once only', async () => {
    const id = await aRollout();
    const records = await recordsOf(id);
    records.putRows([aRow(0), aRow(1, { actions: ['upgrade'] })]);
    await commit(records);
    const [, row] = (await recordsOf(id)).rows;
    expect(() => Object.assign(row ?? {}, { state: 'done' })).toThrow(TypeError);
    expect(() => (row?.actions as string[] | undefined)?.push('reimage')).toThrow(TypeError);
    const again = await recordsOf(id);
    expect(again.rows[1]).toBe(row);
    again.putRows([aRow(1, { state: 'done' })]);
    await commit(again);
    expect((await recordsOf(id)).rows).toEqual([aRow(0), aRow(1, { state: 'done' })]);
  });

  it('take one step after the other', async () => {
    const id = await aRollout();
    const records = await recordsOf(id);
    records.putRows(rows(3));
    await commit(records);
    records.putRows([aRow(1, { state: 'upgrading' }), aRow(3)]);
    records.putOperation(anOperation('b'));
    await commit(records);
    records.putOperation(anOperation('a'));
    await commit(records);
    const after = await seen(id);
    expect(after.rows).toEqual([aRow(0), aRow(1, { state: 'upgrading' }), aRow(2), aRow(3)]);
    expect(after.operations.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(after.events.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(await chunksOf(id)).toEqual(await chunksThatHold(id));
  });

  it('move nothing for a run that comes too late', async () => {
    const id = await aRollout();
    const [late, other] = [await recordsOf(id), await recordsOf(id)];
    other.putRows(rows(2));
    await commit(other);
    const before = [await seen(id), await documentsOf(id)];
    late.putRows([aRow(0, { state: 'failed' }), aRow(7)]);
    late.putOperation(anOperation('late'));
    await expect(commit(late, { phase: 'halted' })).rejects.toThrow(RecordMovedError);
    expect([await seen(id), await documentsOf(id)]).toEqual(before);
  });

  it('are a few chunks, of which only those are written that change', async () => {
    const id = await aRollout();
    const records = await recordsOf(id);
    records.putRows(rows(1000));
    await commit(records);
    const before = await chunksOf(id);
    expect(before.length).toBeGreaterThan(4);
    expect(before.length).toBeLessThan(20);
    records.putRows([aRow(500, { state: 'done' })]);
    await commit(records);
    const after = await chunksOf(id);
    expect(after.filter((name) => !before.includes(name))).toHaveLength(1);
    expect(after).toHaveLength(before.length);
    expect((await recordsOf(id)).rows).toEqual(
      rows(1000).map((row) => (row.instanceId === '500' ? { ...row, state: 'done' } : row)),
    );
  });

  it('take one request to read and one to write, for a thousand instances too', async () => {
    const id = await aRollout();
    const calls: string[] = [];
    const counted = watched(store, (call) => calls.push(call));
    const records = await recordsOf(id, counted);
    records.putRows(rows(1000));
    records.putOperation(anOperation('a'));
    await commit(records);
    const again = await recordsOf(id, counted);
    again.putRows(rows(1000).map((row) => ({ ...row, state: 'done' })));
    await commit(again);
    expect(calls).toEqual(['list', 'commit', 'list', 'commit']);
  });

  describe('that do not fit into one transaction', () => {
    const large = () => rows(1000, aLongRow);

    it('hold once the head names them', async () => {
      const id = await aRollout();
      const records = await recordsOf(id);
      records.putRows(rows(1000));
      await commit(records);
      records.putRows(large());
      await commit(records, { phase: 'settling' });
      const after = await seen(id);
      expect(after.rows).toEqual(large());
      expect(after.record.phase).toBe('settling');
      expect(after.events).toHaveLength(2);
      // What they took the place of is cleared away as far as there was room, and then by the next step.
      const next = await recordsOf(id);
      await commit(next);
      expect(await chunksOf(id)).toEqual(await chunksThatHold(id));
    });

    it('are nothing where the run dies before that, and are cleared away', async () => {
      const id = await aRollout();
      const records = await recordsOf(id);
      records.putRows(rows(3));
      await commit(records);
      const before = await seen(id);
      const dying = await recordsOf(id, dies(store));
      dying.putRows(large());
      await expect(commit(dying)).rejects.toThrow('died');
      expect(await seen(id)).toEqual(before);
      expect((await chunksOf(id)).length).toBeGreaterThan(50);
      for (let steps = 0; steps < 3; steps += 1) await commit(await recordsOf(id));
      expect(await chunksOf(id)).toEqual(await chunksThatHold(id));
      expect((await seen(id)).rows).toEqual(before.rows);
    });

    it('are nothing where the run comes too late', async () => {
      const id = await aRollout();
      const late = await recordsOf(id);
      const other = await recordsOf(id);
      other.putRows(rows(3));
      await commit(other);
      const before = await seen(id);
      late.putRows(large());
      await expect(commit(late)).rejects.toThrow(RecordMovedError);
      expect(await seen(id)).toEqual(before);
    });

    it('are not cleared away under a run that is about to commit them', async () => {
      const id = await aRollout();
      const slow = await recordsOf(id, {
        ...store,
        documents: {
          ...store.documents,
          async commit(change) {
            // Somebody sees the chunks and is too late for clearing them away.
            const other = await recordsOf(id);
            const answer = await store.documents.commit(change);
            await expect(commit(other)).rejects.toThrow(RecordMovedError);
            return answer;
          },
        },
      });
      slow.putRows(large());
      await commit(slow);
      expect((await seen(id)).rows).toEqual(large());
    });
  });

  it('are read again where a commit came between two pages of the list', async () => {
    const id = await aRollout();
    const records = await recordsOf(id);
    records.putRows(rows(3));
    await commit(records);
    const [first] = [await store.documents.list('rollouts', id)];
    let torn = 0;
    const paging: Store = {
      ...store,
      documents: {
        ...store.documents,
        async list(...given) {
          if (torn > 0) return store.documents.list(...given);
          torn += 1;
          records.putRows([aRow(1, { state: 'done' })]);
          await commit(records);
          const second = await store.documents.list(...given);
          const isHead = ({ row }: { readonly row: string }): boolean => row === 'head';
          return [
            ...first.filter((document) => isHead(document)),
            ...second.filter((document) => !isHead(document)),
          ];
        },
      },
    };
    const read = await recordsOf(id, paging);
    expect(torn).toBe(1);
    expect(read.rows.map(({ state }) => state)).toEqual(['pending', 'done', 'pending']);
    expect(read.record.lastEvent).toBe(2);
  });

  it('name the chunk that is missing', async () => {
    const id = await aRollout();
    const records = await recordsOf(id);
    records.putRows(rows(3));
    await commit(records);
    const [chunk = ''] = await chunksOf(id);
    await store.documents.remove({ table: 'rollouts', partition: id, row: chunk });
    await expect(readRecords(store, id)).rejects.toThrow(
      `${chunk} is missing among the records of rollout ${id}`,
    );
  });

  it('hold the command log, which grows while a step is at work', async () => {
    const id = await aRollout();
    const records = await recordsOf(id);
    const pause = { sequence: 1, command: 'pause', by: 'grace', at: AT } as const;
    expect(await appendCommand(store, id, pause)).toEqual(pause);
    expect(await appendCommand(store, id, { ...pause, by: 'ada' })).toBeUndefined();
    await commit(records);
    expect((await recordsOf(id)).commands).toEqual([pause]);
    expect((await readRollout(store, id))?.commands).toEqual([pause]);
  });

  describe('that this app has not written so', () => {
    const spoil = async (id: string, change: (value: object) => unknown, row = 'head'): Promise<void> => {
      const stored = await store.documents.get({ table: 'rollouts', partition: id, row });
      const value = change(stored?.value as object);
      await store.documents.putAll('rollouts', id, [{ row, value }]);
    };

    it('are refused in a format of later', async () => {
      const id = await aRollout();
      await spoil(id, (head) => ({ ...head, version: 7 }));
      const words = `the record of rollout ${id} is stored in format 7, and this app reads 1 to 2`;
      await expect(readRecords(store, id)).rejects.toThrow(words);
      await expect(readRollout(store, id)).rejects.toThrow(words);
    });

    it('are refused with what is wrong, and where', async () => {
      const id = await aRollout();
      await spoil(id, (head) => ({
        ...head,
        record: { ...(head as { record: object }).record, phase: 'lost' },
      }));
      await expect(readRecords(store, id)).rejects.toThrow(
        /the record of rollout .* cannot be read: record\.phase: /u,
      );
      await spoil(id, () => 'nothing');
      await expect(readRecords(store, id)).rejects.toThrow(/names no version/u);
    });

    it('are refused with the row that is wrong', async () => {
      const id = await aRollout();
      const records = await recordsOf(id);
      records.putRows(rows(3));
      await commit(records);
      const [chunk = ''] = await chunksOf(id);
      await spoil(
        id,
        (value) => ({ ...value, items: [aRow(0), { ...aRow(1), attempts: 'many', extra: 1 }] }),
        chunk,
      );
      await expect(readRecords(store, id)).rejects.toThrow(/items\.1\.attempts: .*items\.1: .*extra/u);
    });

    it('are refused with a chunk that was spoiled after it had been read', async () => {
      const id = await aRollout();
      const records = await recordsOf(id);
      records.putRows(rows(3));
      await commit(records);
      await recordsOf(id);
      const [chunk = ''] = await chunksOf(id);
      await spoil(id, (value) => ({ ...value, items: [aRow(0)] }), chunk);
      expect((await recordsOf(id)).rows).toEqual([aRow(0)]);
      await spoil(id, (value) => ({ ...value, items: [aRow(0, { actionsDone: -1 })] }), chunk);
      await expect(readRecords(store, id)).rejects.toThrow(/items\.0\.actionsDone: /u);
    });

    it('are refused with the plan that is wrong, and without a secret that they hold', async () => {
      const id = await aRollout();
      await store.blobs.create(`plans/${id}`, JSON.stringify({ version: 1, plan: {}, snapshot: {} }));
      await expect(readPlan(store, id)).rejects.toThrow(
        new RegExp(`the plan of rollout ${id} cannot be read: plan.kind: `),
      );
      await store.blobs.create(`secrets/${id}`, 'hush-hush');
      const error = await readSecrets(store, id).catch((caught: unknown) => caught);
      expect(String(error)).toBe(`FormatError: what rollout ${id} keeps apart is no JSON`);
    });

    it('are refused with the command that is wrong', async () => {
      const id = await aRollout();
      await store.documents.insert(
        { table: 'rollouts', partition: id, row: 'command-00000001' },
        { version: 1, sequence: 1, command: 'explode', by: 'grace', at: AT },
      );
      await expect(readRollout(store, id)).rejects.toThrow(/command-00000001 of rollout .*: command: /u);
    });
  });
});

function watched(store: Store, see: (call: string) => void): Store {
  const documents: Documents = {
    ...store.documents,
    list: (...given) => {
      see('list');
      return store.documents.list(...given);
    },
    commit: (change) => {
      see('commit');
      return store.documents.commit(change);
    },
    putAll: (...given) => {
      see('putAll');
      return store.documents.putAll(...given);
    },
  };
  return { ...store, documents };
}

/** The process ends before the change that would make its chunks hold. */
function dies(store: Store): Store {
  const commit = (_change: Change): Promise<undefined> => Promise.reject(new Error('died'));
  return { ...store, documents: { ...store.documents, commit } };
}
