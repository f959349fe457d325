import { failures } from '../../core/messages/failures.ts';
import { save } from '../frame/brief.ts';
import type { Brief } from '../frame/brief.ts';
import type { ModelStanding } from './follow-model.ts';

/** Keeps what the model says now, and tells what the service has changed beside our write. */
export async function saveTaken(
  brief: Brief,
  { modelHash, besides }: Extract<ModelStanding, { kind: 'taken' }>,
): Promise<Brief> {
  if (besides.length === 0) return save(brief, { modelHash });
  const message = failures.sideEffect(besides.map(({ path }) => path));
  // On the way back they are told only: what goes back is settled before the write.
  const isForward = brief.record.modelState === 'before';
  const changes = isForward ? { besides: [...(brief.record.besides ?? []), ...besides] } : {};
  return save(brief, { modelHash, ...changes }, [{ kind: 'sideEffect', message }]);
}
