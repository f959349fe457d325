import type { Write } from '../../azure/port.ts';
import { diskWords } from '../../core/instance/disks.ts';
import type { DiskWork } from '../../core/instance/disks.ts';
import { instancesNamed } from '../../core/messages/named.ts';
import { countRows, nextAction } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { WaitKind } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { addressOf } from '../frame/address.ts';
import { finish, save, wait } from '../frame/brief.ts';
import type { Brief } from '../frame/brief.ts';
import { barrierTo } from '../frame/fence.ts';
import { holdFor } from '../frame/holds.ts';
import type { Ports } from '../frame/ports.ts';
import { stopFor } from '../frame/stop.ts';
import { answerTo } from '../frame/withhold.ts';
import { isHeldByAzure, NATIVE_UPGRADE } from '../looks/native-upgrade.ts';
import { CONFLICT_SECONDS } from './model-write.ts';
import { disksRefused, disksToSend, oneAtATime } from './send-disks.ts';
import type { Sent, Upgrade } from './upgrade.ts';

/** Writes the intent down, passes the fences once more, sends one grouped upgrade, and records what was answered. */
export async function sendUpgrade(brief: Brief, ports: Ports, wanted: Upgrade): Promise<Sent> {
  const upgrade = oneAtATime(wanted);
  const { input, phase, rows, etag } = upgrade;
  const { record, records } = brief;
  const intended = intent(brief, upgrade);
  const { instances } = intended;
  const begun = new Set(rows.map((row) => row.batch));
  const startedAt = new Date(brief.now).toISOString();
  const batches =
    input.way === 'forward'
      ? record.batches.map((one) =>
          begun.has(one.index) ? { startedAt, ...one, phase: 'upgrading' as const } : one,
        )
      : record.batches;
  const { action = 'upgrade' } = intended;
  const work = disksToSend(upgrade);
  const named = instancesNamed(instances);
  const message = `about to ${work === undefined ? `${action} ${named}` : `${diskWords(work)}: ${named}`}`;
  records.putOperation(intended);
  records.putRows(
    rows.map((row): LedgerRow => ({
      ...row,
      state: 'upgrading',
      operation: intended.key,
      attempts: row.attempts + 1,
      touched: true,
      updatedAt: intended.intendedAt,
    })),
  );
  const told = await save(
    brief,
    ports,
    { phase, batch: input.way === 'forward' ? Math.max(...begun) : record.batch, batches },
    [{ kind: 'upgradeIntended', ...batchOf(rows), instances, message, by: record.requestedBy, etag }],
  );

  const barrier = await barrierTo(input, told, ports);
  if (barrier !== undefined) {
    // Rows that another run has taken over are no longer this one's to put back.
    if (barrier !== 'recordMoved') {
      records.putRows(rows);
      records.putOperation({ ...intended, status: 'withheld' });
    }
    return answerTo(barrier, told, ports);
  }
  const answer = await write(brief, ports, intended, work);
  return recordUpgrade({ ...told, now: ports.clock.now() }, ports, { ...upgrade, intended, answer });
}

async function write(
  brief: Brief,
  { compute }: Ports,
  { action = 'upgrade', instances }: Operation,
  work: DiskWork | undefined,
): Promise<Write> {
  const address = addressOf(brief);
  if (action !== 'dataDisks') return compute.act(address, action, instances);
  const [instance] = instances;
  if (instance === undefined || work === undefined) throw new Error('a write of disks has one instance');
  return compute.changeDisks(address, instance, work);
}

function intent({ now }: Brief, { input: { batch, way }, rows, operations, sliding }: Upgrade): Operation {
  const instances = rows.map(({ instanceId }) => instanceId);
  const action = rows.map((row) => nextAction(row)).find((next) => next !== undefined) ?? 'upgrade';
  const earlier = operations.filter((operation) => operation.batch === batch && operation.way === way).length;
  const key = `upgrade-${way}-${String(batch).padStart(4, '0')}-${String(earlier + 1).padStart(3, '0')}`;
  return {
    key,
    kind: 'upgrade',
    action,
    way,
    batch,
    instances,
    status: 'intended',
    intendedAt: new Date(now).toISOString(),
    ...(sliding && { sliding }),
  };
}

interface Answered extends Upgrade {
  readonly intended: Operation;
  readonly answer: Write;
}

async function recordUpgrade(brief: Brief, ports: Ports, answered: Answered): Promise<Sent> {
  const { answer, intended, phase, rows, input } = answered;
  const { records } = brief;
  const at = new Date(brief.now).toISOString();
  const note = (changes: Partial<Operation>): void =>
    records.putOperation({ ...intended, answeredAt: at, ...changes });
  /** Not accepted: the rows are as they were, and the next try comes after the wait. */
  const later = async (
    seconds: number,
    code: string,
    message: string,
    kind: WaitKind = 'throttling',
  ): Promise<Answer> => {
    records.putRows(rows);
    const conflict = answer.kind === 'conflict';
    note({ status: 'refused', error: { code, message }, ...(conflict && { conflict }) });
    return wait(brief, ports, {
      seconds,
      phase,
      waitingFor: {
        kind,
        batch: input.batch,
        message: `${kind === 'operation' ? message : code}: trying again in ${seconds} seconds`,
      },
      changes: {
        // fence I11: a Retry-After to a write holds all writes
        holds: holdFor(brief, 'write', seconds),
      },
      happenings: [{ kind: 'notAccepted', ...batchOf(rows), message: `${code}: ${message}` }],
    });
  };
  switch (answer.kind) {
    case 'accepted': {
      const { pollUrl, requestId, retryAfterSeconds = ports.pace.pollSeconds } = answer;
      // fence I22: the outcome of an upgrade is written down
      note({
        status: 'accepted',
        acceptedAt: at,
        acceptedSeconds: brief.record.clock.seconds,
        pollNotBefore: new Date(brief.now + retryAfterSeconds * 1000).toISOString(),
        ...(pollUrl !== undefined && { pollUrl }),
        ...(requestId !== undefined && { requestId }),
      });
      await finish(brief, ports, { counts: countRows(records.rows) }, [accepted(answered, requestId)]);
      return { kind: answered.remaining > 0 ? 'more' : 'done' };
    }
    case 'unknown':
      note({ status: 'unknown' });
      await finish(brief, ports, { counts: countRows(records.rows) }, [
        {
          kind: 'upgradeUnknown',
          ...batchOf(rows),
          message: `no answer to the upgrade: ${answer.message}`,
        },
      ]);
      return { kind: 'done' };
    case 'conflict':
      return later(CONFLICT_SECONDS, answer.code, answer.message);
    case 'modelMoved':
      return later(1, 'PreconditionFailed', answer.message);
    case 'throttled':
      return later(answer.retryAfterSeconds, 'TooManyRequests', 'Azure limits the rate of writes just now');
    case 'refused': {
      if (await isHeldByAzure(answer, addressOf(brief), ports.compute)) {
        return later(NATIVE_UPGRADE.seconds, NATIVE_UPGRADE.code, NATIVE_UPGRADE.message, 'operation');
      }
      records.putRows(rows);
      note({ status: 'refused', error: { code: answer.code, message: answer.message } });
      if (intended.action === 'dataDisks') return disksRefused(brief, ports, answered, answer);
      return stopFor(brief, ports, {
        code: 'refusedByAzure',
        message: `${answer.code}: ${answer.message}`,
        remedy: 'change what Azure complains of, then start again or roll back',
        instances: intended.instances,
      });
    }
  }
}

function accepted({ rows, intended }: Answered, requestId: string | undefined) {
  return {
    kind: 'upgradeAccepted',
    ...batchOf(rows),
    instances: intended.instances,
    message: `Azure works on ${instancesNamed(intended.instances)}: ${intended.action ?? 'upgrade'}`,
    ...(requestId !== undefined && { requestId }),
  };
}

/** The batch of all the rows; none where they are of several. */
function batchOf(rows: readonly LedgerRow[]): { readonly batch?: number } {
  const [batch, ...others] = new Set(rows.map((row) => row.batch));
  return batch === undefined || others.length > 0 ? {} : { batch };
}
