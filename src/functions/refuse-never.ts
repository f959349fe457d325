import { neverIn } from '../core/spec/never.ts';
import type { App } from './app.ts';
import { invalidSpec } from './problem.ts';

/** Refuses windows and hours on duty of a body that would be waited for without end; `path` is where it has them. */
export function refuseNever(path: string, when: Parameters<typeof neverIn>[0], app: App): void {
  const errors = neverIn(when, app.ports().clock.now());
  if (errors.length > 0)
    throw invalidSpec(errors.map((error) => ({ ...error, path: `${path}${error.path}` })));
}
