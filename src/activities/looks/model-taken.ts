import { audit } from '../../core/messages/audit.ts';
import { save } from '../frame/commit.ts';
import type { Step } from '../frame/step.ts';
import type { Taken } from './model-standing.ts';

/** Records what the model says now, and reports what Azure changed along with our write. */
export async function saveTaken(step: Step, { modelHash, sideEffects }: Taken): Promise<Step> {
  if (sideEffects.length === 0) return save(step, { modelHash });
  const message = audit.sideEffect(sideEffects.map(({ path }) => path));
  // In a rollback they are only reported: what to restore was decided before the write.
  const isForward = step.record.modelState === 'before';
  const changes = isForward ? { sideEffects: [...(step.record.sideEffects ?? []), ...sideEffects] } : {};
  return save(step, { modelHash, ...changes }, [{ kind: 'sideEffect', message }]);
}
