import { useSignal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { newKey, send } from '../api/client.ts';
import type { Plan, ScaleSet } from '../api/shapes.ts';
import { planOf, startOf } from '../api/specs.ts';
import { go } from '../live/here.ts';
import { troubleOf } from '../live/watch.ts';
import type { Trouble } from '../live/watch.ts';
import { links } from '../view/place.ts';
import type { Scope } from '../view/scope.ts';
import { scopeText, specOf } from '../view/set-actions.ts';
import type { SetAction } from '../view/set-actions.ts';
import { shareIn } from '../view/spec.ts';
import type { Spec } from '../view/spec.ts';
import { counted, sentence, shortRanges } from '../view/text.ts';
import { duration } from '../view/time.ts';
import { AskDialog } from './ask-dialog.tsx';
import { Delta } from './delta.tsx';
import { TextInput } from './field.tsx';

interface Props {
  readonly set: ScaleSet;
  readonly action: SetAction;
  readonly scope: Scope;
  readonly onClose: () => void;
}

/** Shows what an action would do before it is done, and starts exactly that. */
export function ActDialog(props: Props): JSX.Element {
  const { set, action, scope, onClose } = props;
  const typed = useSignal('');
  const { spec, fields } = useSpec(props);
  const { plan, trouble } = usePlan(spec);
  // One key for one plan: starting it twice is one rollout.
  const key = useMemo(newKey, [plan.value]);
  const isSure = action.isDangerous !== true || typed.value === set.name;
  const act = async (reason: string): Promise<void> => {
    const { id } = await send(startOf({ ...spec, ...(reason !== '' && { reason }) }, plan.value?.hash), key);
    go(links.rollout(id));
  };
  return (
    <AskDialog
      title={`${action.label}: ${action.name === 'scale' ? set.name : scopeText(scope)}`}
      label={action.label}
      isDangerous={action.isDangerous === true}
      isReady={isSure && plan.value !== undefined && !isEmpty(plan.value)}
      act={act}
      onClose={onClose}
    >
      <p>{action.meaning}</p>
      {fields}
      <Planned plan={plan} trouble={trouble} />
      {action.isDangerous === true && <Confirm name={set.name} typed={typed} />}
    </AskDialog>
  );
}

/** The rollout that the action is, and the one field that it has beside. */
function useSpec({ set, action, scope }: Props): { readonly spec: Spec; readonly fields: JSX.Element } {
  const capacity = useSignal(String(set.capacity ?? ''));
  const most = useSignal('');
  const spec = useMemo(
    () =>
      specOf(action, {
        scaleSet: set.id,
        scope,
        capacity: Number(capacity.value),
        maxUnavailable: shareIn(most.value),
      }),
    [action, scope, capacity.value, most.value],
  );
  const fields =
    action.name === 'scale' ? (
      <Line label="Capacity" value={capacity} />
    ) : (
      <Line label="Out of service at once, at most (such as 3 or 20%)" value={most} />
    );
  return { spec, fields };
}

function isEmpty({ batches, delta }: Plan): boolean {
  return batches.length === 0 && delta.length === 0;
}

function Line({ label, value }: { readonly label: string; readonly value: Signal<string> }): JSX.Element {
  return (
    <label>
      {label}
      <TextInput value={value.value} onValue={(next) => (value.value = next)} />
    </label>
  );
}

function Confirm({ name, typed }: { readonly name: string; readonly typed: Signal<string> }): JSX.Element {
  return (
    <label>
      <span>
        Type <code>{name}</code> to confirm
      </span>
      <input
        type="text"
        autocomplete="off"
        value={typed.value}
        onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
      />
    </label>
  );
}

interface Answered {
  readonly plan: ReadonlySignal<Plan | undefined>;
  readonly trouble: ReadonlySignal<Trouble | undefined>;
}

/** The plan of a spec, asked for anew with each change; an answer to an older one is dropped. */
function usePlan(spec: Spec): Answered {
  const plan = useSignal<Plan | undefined>(undefined);
  const trouble = useSignal<Trouble | undefined>(undefined);
  useEffect(() => {
    let isWanted = true;
    plan.value = undefined;
    trouble.value = undefined;
    const ask = async (): Promise<void> => {
      try {
        const answer = await send(planOf(spec));
        if (isWanted) plan.value = answer;
      } catch (error) {
        if (isWanted) trouble.value = troubleOf(error, Date.now());
      }
    };
    void ask();
    return () => {
      isWanted = false;
    };
  }, [spec]);
  return { plan, trouble };
}

function Planned({ plan: { value: plan }, trouble: { value: trouble } }: Answered): JSX.Element {
  if (trouble !== undefined) {
    return (
      <p class="stale" role="alert">
        {sentence(trouble.message)} {trouble.remedy !== undefined && sentence(trouble.remedy)}
      </p>
    );
  }
  if (plan === undefined) return <p class="soft">Making the plan…</p>;
  const ids = plan.batches.flatMap(({ instances }) => instances);
  return (
    <div aria-label="Plan" role="group">
      {plan.batches.length > 0 && (
        <p>
          {counted(ids.length, 'instance')} ({shortRanges(ids)}) in{' '}
          {counted(plan.batches.length, 'batch', 'batches')}, never fewer than {plan.floor} serving
          {plan.expected !== undefined && `, about ${duration(plan.expected.seconds)}`}.
        </p>
      )}
      {isEmpty(plan) && <p>There is nothing to do.</p>}
      <Delta plan={plan} title="Plan" />
    </div>
  );
}
