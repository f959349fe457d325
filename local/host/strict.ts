import type { Diagnostic } from './diagnostics.ts';
import type { WorkerAnswer } from './durable/interpreter.ts';
import type { OpenTurn, TurnResult } from './durable/turn.ts';

/** Patterns of an orchestrator that are legal and known to go wrong (durable-host.md 10.6). */
export function strictFindings(
  turn: OpenTurn,
  _answer: WorkerAnswer,
  result: TurnResult,
): readonly Diagnostic[] {
  const findings: Diagnostic[] = [];
  const instanceId = turn.started.OrchestrationInstance.InstanceId;
  if (result.history.length > 1000) {
    findings.push({
      rule: 'long-history',
      instanceId,
      message: `${result.history.length} events; continue as new before 1000`,
    });
  }
  return findings;
}
