import type { ScaleSet, Write } from '../../azure/port.ts';
import { patchOf } from '../../core/model/delta.ts';
import { POLICY_PART } from '../../core/model/parts.ts';
import type { ModelPart } from '../../core/model/parts.ts';
import { extensionPatch } from '../../core/plan/extension-change.ts';
import type { Happening } from '../../core/record/events.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { EndPhase, Phase } from '../../core/record/phase.ts';
import type { Way } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { hushed, revealed } from '../../core/spec/hidden.ts';
import { readSecrets } from '../../store/secrets.ts';
import { addressOf } from '../frame/address.ts';
import { save, wait } from '../frame/brief.ts';
import type { Brief } from '../frame/brief.ts';
import type { StepInput } from '../frame/define.ts';
import { barrierTo } from '../frame/fence.ts';
import { holdFor } from '../frame/holds.ts';
import type { Ports } from '../frame/ports.ts';
import { modelRefused, refusalOf } from '../frame/refused.ts';
import { answerTo } from '../frame/withhold.ts';
import { takingWords } from '../looks/follow-model.ts';
import { isHeldByAzure, NATIVE_UPGRADE } from '../looks/native-upgrade.ts';

/** How long a conflict with another write to the set is waited out (arm-vmss.md 5a). */
export const CONFLICT_SECONDS = 5;

export interface ModelWrite {
  readonly input: StepInput;
  readonly way: Way;
  readonly part: ModelPart;
  readonly phase: Phase;
  readonly refusedAs?: EndPhase;
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
  brief.records.putOperation(intended);
  const told = await save(brief, ports, { phase }, [
    {
      kind: 'modelIntended',
      message: `about to change ${paths}`,
      by: brief.record.requestedBy,
      etag: set.etag,
    },
  ]);
  const barrier = await barrierTo(input, told, ports, { opens: part.name !== POLICY_PART });
  if (barrier !== undefined) {
    if (barrier !== 'recordMoved') brief.records.putOperation({ ...intended, status: 'withheld' });
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
  const note = (changes: Partial<Operation>): void =>
    brief.records.putOperation({ ...intended, answeredAt: at, ...changes });
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
      note({
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
      note({ status: 'unknown' });
      return again(1, 'the answer to the model write was lost; reading back', {
        kind: 'modelUnknown',
        message: `no answer to the model write: ${answer.message}`,
      });
    case 'conflict':
      note({ status: 'refused', error: { code: answer.code, message: answer.message } });
      return again(CONFLICT_SECONDS, 'another write to the scale set is being accepted', {
        kind: 'conflict',
        message: `${answer.code}: ${answer.message}`,
      });
    case 'modelMoved':
      note({ status: 'refused', error: { code: 'PreconditionFailed', message: answer.message } });
      return again(1, 'the scale set has moved; reading it again', {
        kind: 'conflict',
        message: answer.message,
      });
    case 'throttled':
      note({ status: 'refused', error: { code: 'TooManyRequests', message: 'throttled' } });
      return again(answer.retryAfterSeconds, 'Azure limits the rate of writes just now', {
        kind: 'throttled',
        message: `throttled for ${answer.retryAfterSeconds} seconds`,
      });
    case 'refused':
      note({ status: 'refused', error: { code: answer.code, message: answer.message } });
      if (await isHeldByAzure(answer, addressOf(brief), ports.compute)) {
        const { seconds, code, message } = NATIVE_UPGRADE;
        return again(seconds, message, { kind: 'conflict', message: `${code}: ${message}` });
      }
      return modelRefused(brief, ports, refusalOf(answer), write.refusedAs);
  }
}
