import type { WorkerAnswer } from '../durable/wire/answer.ts';

/** Something that works here by luck or is known to misbehave in the cloud. */
export interface Diagnostic {
  readonly rule: string;
  readonly instanceId: string;
  readonly message: string;
}

/** Compares what an orchestrator did in a turn with what it does when only replayed. */
export function checkReplay(
  instanceId: string,
  first: WorkerAnswer,
  again: WorkerAnswer,
): readonly Diagnostic[] {
  const [before, after] = [JSON.stringify(first), JSON.stringify(again)];
  if (before === after) return [];
  return [
    {
      rule: 'replay-differs',
      instanceId,
      message: `the orchestrator acts differently when replayed: first ${before}, then ${after}`,
    },
  ];
}
