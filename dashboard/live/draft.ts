import { computed, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import { newKey, RefusedError } from '../api/client.ts';
import type { Spec } from '../view/spec.ts';
import { go } from './here.ts';
import { troubleOf } from './watch.ts';
import type { Trouble } from './watch.ts';

/** A spec that is being written, and the plan that it was last shown. */
export interface Draft<P> {
  readonly spec: ReadonlySignal<Spec>;
  readonly plan: ReadonlySignal<P | undefined>;
  /** Whether the plan is that of the spec as it is now. */
  readonly isCurrent: ReadonlySignal<boolean>;
  /** What the app says is wrong, by path. */
  readonly problems: ReadonlySignal<ReadonlyMap<string, string>>;
  readonly trouble: ReadonlySignal<Trouble | undefined>;
  readonly isAsking: ReadonlySignal<boolean>;
  change(spec: Spec): void;
  askForPlan(): Promise<void>;
  /** Starts what the plan shows. */
  start(): Promise<void>;
}

/** How what is written becomes a plan, and the plan something that runs. */
export interface Drafted<P> {
  plan(spec: Spec): Promise<P>;
  /** Answers with the address of what it has started. */
  start(spec: Spec, plan: P, key: string): Promise<string>;
}

interface Planned<P> {
  readonly plan: P;
  readonly spec: Spec;
  /** One key for one plan: starting it twice is one rollout. */
  readonly key: string;
}

export function createDraft<P>(first: Spec, drafted: Drafted<P>): Draft<P> {
  const spec = signal(first);
  const planned = signal<Planned<P> | undefined>(undefined);
  const asking = createAsking();
  return {
    spec,
    plan: computed(() => planned.value?.plan),
    isCurrent: computed(() => planned.value?.spec === spec.value),
    problems: asking.problems,
    trouble: asking.trouble,
    isAsking: asking.isAsking,
    change(next) {
      spec.value = next;
      asking.forget();
    },
    askForPlan: () =>
      asking.ask(async () => {
        const asked = spec.value;
        planned.value = { plan: await drafted.plan(asked), spec: asked, key: newKey() };
      }),
    start: () =>
      asking.ask(async () => {
        if (planned.value === undefined) return;
        const { plan, spec: reviewed, key } = planned.value;
        go(await drafted.start(reviewed, plan, key));
      }),
  };
}

interface Asking extends Pick<Draft<unknown>, 'problems' | 'trouble' | 'isAsking'> {
  /** Asks the app, unless an answer is still to come, and keeps what it says against it. */
  ask(act: () => Promise<void>): Promise<void>;
  /** Forgets what the app said of an older spec. */
  forget(): void;
}

function createAsking(): Asking {
  const problems = signal<ReadonlyMap<string, string>>(new Map());
  const trouble = signal<Trouble | undefined>(undefined);
  const isAsking = signal(false);
  const forget = (): void => {
    problems.value = new Map();
    trouble.value = undefined;
  };
  const ask = async (act: () => Promise<void>): Promise<void> => {
    if (isAsking.value) return;
    isAsking.value = true;
    forget();
    try {
      await act();
    } catch (error) {
      trouble.value = troubleOf(error, Date.now());
      const errors = error instanceof RefusedError ? (error.problem.errors ?? []) : [];
      problems.value = new Map(errors.map(({ path, message }) => [path, message]));
    } finally {
      isAsking.value = false;
    }
  };
  return { problems, trouble, isAsking, ask, forget };
}
