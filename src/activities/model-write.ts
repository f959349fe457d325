import { parseScaleSetId } from '../azure/address.ts';
import type { ScaleSet, ScaleSetAddress, Write } from '../azure/port.ts';
import type { Answer } from '../core/answer.ts';
import { patchOf } from '../core/delta.ts';
import { extensionPatch } from '../core/extension-change.ts';
import { hushed, revealed } from '../core/hidden.ts';
import type { ModelPart } from '../core/parts.ts';
import type { Happening } from '../core/events.ts';
import type { Operation } from '../core/operation.ts';
import { refuse } from '../core/refusals.ts';
import type { EndPhase, Failure, Phase, Way } from '../core/rollout.ts';
import { readPlan } from '../store/plans.ts';
import { readSecrets } from '../store/secrets.ts';
import { insertOperation, writeOperation } from '../store/ledger.ts';
import { save, turnTo, wait } from './brief.ts';
import type { Brief } from './brief.ts';
import type { StepInput } from './define.ts';
import { barrierTo } from './fence.ts';
import { isHeldByAzure, NATIVE_UPGRADE } from './native-upgrade.ts';
import type { Ports } from './ports.ts';
import { holdFor, stopFor } from './reads.ts';
import { answerTo } from './withhold.ts';

/** The part that gives the upgrade policy back, when no batch is open any more. */
export const POLICY_PART = 'policy';

/** How long a conflict with another write to the set is waited out (arm-vmss.md 5a). */
export const CONFLICT_SECONDS = 5;

export interface ModelWrite {
  readonly input: StepInput;
  readonly way: Way;
  readonly part: ModelPart;
  readonly phase: Phase;
  readonly refusedAs?: EndPhase;
}

export function addressOf({ record }: Brief): ScaleSetAddress {
  const address = parseScaleSetId(record.scaleSet);
  if (address === undefined) throw new Error(`${record.scaleSet} is no scale set's id`);
  return address;
}

/** What is waited for while Azure takes a model. */
export function takingWords({ way, part }: Pick<ModelWrite, 'way' | 'part'>): string {
  if (part.name === POLICY_PART) return 'the upgrade policy is being set back';
  return `the ${way === 'back' ? 'old' : 'new'} model is being taken`;
}

/** Somebody else has written the model: their change is never overwritten. */
export async function stopForForeignModel(brief: Brief, ports: Ports): Promise<Answer> {
  return stopFor(brief, ports, {
    code: 'conflict',
    message: 'somebody else has changed the model of the scale set while this rollout ran',
    remedy: 'look at the model, agree with whoever changed it, then start a new rollout',
  });
}

/** Sends the delta, fenced by the ETag that was just read. Its answer only says how soon to look again. */
export async function sendModel(
  brief: Brief,
  ports: Ports,
  set: ScaleSet,
  { write, operations }: { readonly write: ModelWrite; readonly operations: readonly Operation[] },
): Promise<Answer> {
  const { way, part, input, phase } = write;
  const count = operations.filter((operation) => operation.kind === 'model' && operation.way === way).length;
  const intended: Operation = {
    key: `model-${way}-${String(count + 1).padStart(3, '0')}`,
    kind: 'model',
    part: part.name,
    way,
    instances: [],
    status: 'intended',
    intendedAt: new Date(brief.now).toISOString(),
  };
  const paths = part.delta.map(({ path }) => path).join(', ');
  const told = await save(brief, ports, { phase }, [
    {
      kind: 'modelIntended',
      message: `about to change ${paths}`,
      by: brief.record.requestedBy,
      etag: set.etag,
    },
  ]);
  if (!(await insertOperation(ports.store, brief.record.id, intended)))
    return { kind: 'wait', seconds: 1, phase };
  const barrier = await barrierTo(input, told, ports, { opens: part.name !== POLICY_PART });
  if (barrier !== undefined) {
    if (barrier !== 'recordMoved')
      await writeOperation(ports.store, brief.record.id, { ...intended, status: 'withheld' });
    return answerTo(barrier, told, ports);
  }
  const answer = await send(brief, ports, set, part);
  return recordModelWrite({ ...told, now: ports.clock.now() }, ports, { intended, answer, write });
}

/** The secrets are put in here, and are nowhere else. */
async function send(
  brief: Brief,
  ports: Ports,
  set: ScaleSet,
  { delta, extension }: ModelPart,
): Promise<Write> {
  const secrets = delta.some(({ isSecret }) => isSecret === true)
    ? await readSecrets(ports.store, brief.record.id)
    : {};
  const whole = delta.map((change) => revealed(change, secrets));
  const address = addressOf(brief);
  const answer = await (extension === undefined
    ? ports.compute.patchModel(address, patchOf(set.model, whole), set.etag)
    : ports.compute.patchExtension(address, extension, extensionPatch(whole)));
  return 'message' in answer ? { ...answer, message: hushed(answer.message, secrets) } : answer;
}

async function recordModelWrite(
  brief: Brief,
  ports: Ports,
  {
    intended,
    answer,
    write,
  }: { readonly intended: Operation; readonly answer: Write; readonly write: ModelWrite },
): Promise<Answer> {
  const { phase } = write;
  const at = new Date(brief.now).toISOString();
  const note = async (changes: Partial<Operation>): Promise<void> =>
    writeOperation(ports.store, brief.record.id, { ...intended, answeredAt: at, ...changes });
  const again = async (seconds: number, message: string, happening: Happening): Promise<Answer> =>
    wait(brief, ports, {
      seconds,
      phase,
      waitingFor: { kind: 'operation', message },
      changes: { holds: holdFor(brief, 'write', seconds) },
      happenings: [happening],
    });
  switch (answer.kind) {
    case 'accepted': {
      const { pollUrl, requestId, retryAfterSeconds = 1 } = answer;
      const pollNotBefore = new Date(brief.now + retryAfterSeconds * 1000).toISOString();
      await note({
        status: 'accepted',
        acceptedAt: at,
        pollNotBefore,
        ...(pollUrl !== undefined && { pollUrl }),
        ...(requestId !== undefined && { requestId }),
      });
      const happening = { kind: 'modelAccepted', message: 'Azure has accepted the new model' };
      return wait(brief, ports, {
        seconds: retryAfterSeconds,
        phase,
        waitingFor: { kind: 'operation', message: takingWords(write) },
        happenings: [requestId === undefined ? happening : { ...happening, requestId }],
      });
    }
    case 'unknown':
      await note({ status: 'unknown' });
      return again(1, 'the answer to the model write was lost; reading back', {
        kind: 'modelUnknown',
        message: `no answer to the model write: ${answer.message}`,
      });
    case 'conflict':
      await note({ status: 'refused', error: { code: answer.code, message: answer.message } });
      return again(CONFLICT_SECONDS, 'another write to the scale set is being accepted', {
        kind: 'conflict',
        message: `${answer.code}: ${answer.message}`,
      });
    case 'modelMoved':
      await note({ status: 'refused', error: { code: 'PreconditionFailed', message: answer.message } });
      return again(1, 'the scale set has moved; reading it again', {
        kind: 'conflict',
        message: answer.message,
      });
    case 'throttled':
      await note({ status: 'refused', error: { code: 'TooManyRequests', message: 'throttled' } });
      return again(answer.retryAfterSeconds, 'Azure limits the rate of writes just now', {
        kind: 'throttled',
        message: `throttled for ${answer.retryAfterSeconds} seconds`,
      });
    case 'refused':
      await note({ status: 'refused', error: { code: answer.code, message: answer.message } });
      if (await isHeldByAzure(answer, addressOf(brief), ports.compute)) {
        const { seconds, code, message } = NATIVE_UPGRADE;
        return again(seconds, message, { kind: 'conflict', message: `${code}: ${message}` });
      }
      return modelRefused(brief, ports, refusalOf(answer), write.refusedAs);
  }
}

export function refusalOf({ code, message }: { readonly code: string; readonly message: string }): Failure {
  const refusal = /limit of \d+ models/i.test(message)
    ? refuse('tooManyModels', message)
    : refuse('writeRefused', `${code}: ${message}`);
  return { code: refusal.code, message: refusal.message, remedy: refusal.remedy };
}

/**
 * On the way forward the rollout is refused, unless an earlier part of its change is in: that is taken back. On the way
 * back an operator must act.
 */
export async function modelRefused(
  brief: Brief,
  ports: Ports,
  failure: Failure,
  refusedAs?: EndPhase,
): Promise<Answer> {
  const { kind } = brief.record.course;
  if (refusedAs === undefined && kind === 'forward' && (await isPartlyIn(brief, ports))) {
    return turnTo(brief, ports, { course: { kind: 'back' }, failure, message: failure.message });
  }
  const phase = refusedAs ?? (kind === 'back' ? 'failed' : 'refused');
  return turnTo(brief, ports, { course: { kind: 'stop', phase }, failure, message: failure.message });
}

/** Whether the model is no longer the one that the plan was made for: only our own writes move what we know of it. */
async function isPartlyIn({ record }: Brief, { store }: Ports): Promise<boolean> {
  const kept = await readPlan(store, record.id);
  return kept !== undefined && kept.plan.modelHash !== record.modelHash;
}
