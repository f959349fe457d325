import type { OrchestrationContext, Task } from 'durable-functions';

/** Sleeps until the time, in seconds, is over or somebody has appended to the command log. */
export function* sleep({ df: durable }: OrchestrationContext, seconds: number): Generator<Task, void> {
  // Timers may fire up to a second early.
  // fence I18: a wait begins at the workflow's time, not at the machine's
  const due = new Date(durable.currentUtcDateTime.getTime() + (seconds + 1) * 1000);
  const timer = durable.createTimer(due);
  const wake = durable.waitForExternalEvent('wake');
  const first = (yield durable.Task.any([timer, wake])) as Task;
  if (first === wake) timer.cancel();
}
