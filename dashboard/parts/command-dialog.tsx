import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { newKey, send } from '../api/client.ts';
import { rolloutPath } from '../api/paths.ts';
import type { Plan, Rollout } from '../api/shapes.ts';
import { useWatch } from '../live/use-watch.ts';
import { troubleOf } from '../live/watch.ts';
import type { Trouble } from '../live/watch.ts';
import type { Action } from '../view/actions.ts';
import { counted } from '../view/text.ts';
import { duration } from '../view/time.ts';
import { Delta } from './delta.tsx';
import { Shown } from './trouble.tsx';

/** Says what a command does, takes a reason, and sends it. */
export function CommandDialog({
  rollout,
  action,
  onClose,
  onDone,
}: {
  readonly rollout: Rollout;
  readonly action: Action;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const reason = useSignal('');
  const isSent = useSignal(false);
  const trouble = useSignal<Trouble | undefined>(undefined);
  // One key for this dialog: pressing twice, or again after a lost answer, is one command.
  const key = useMemo(newKey, []);
  useEffect(() => dialog.current?.showModal(), []);
  const { command, ...which } = action.next;
  const submit = async (): Promise<void> => {
    isSent.value = true;
    const why = reason.value.trim();
    try {
      await send(
        `${rolloutPath(rollout.id)}/${command}`,
        { ...which, ...(why !== '' && { reason: why }) },
        key,
      );
      onDone();
      onClose();
    } catch (error) {
      trouble.value = troubleOf(error, Date.now());
      isSent.value = false;
      onDone();
    }
  };
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="asked">
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2 id="asked">{action.label}?</h2>
        <p>{action.meaning}</p>
        {command === 'rollback' && <WayBack rollout={rollout} />}
        <label>
          Reason <span class="soft">(shown in the events)</span>
          <input
            type="text"
            maxLength={500}
            value={reason.value}
            onInput={({ currentTarget }) => (reason.value = currentTarget.value)}
          />
        </label>
        {trouble.value !== undefined && (
          <p class="stale" role="alert">
            {trouble.value.message} {trouble.value.remedy}
          </p>
        )}
        <div class="acts">
          <button type="submit" class={action.isDangerous ? 'main danger' : 'main'} disabled={isSent.value}>
            {action.label}
          </button>
          <button type="button" onClick={onClose}>
            Leave it
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** What a rollback would do now, and what it costs. */
function WayBack({ rollout }: { readonly rollout: Rollout }): JSX.Element {
  const watched = useWatch<Plan>(`${rolloutPath(rollout.id)}/rollback-plan`, () => false);
  return (
    <Shown of={watched}>
      {(plan) => {
        const instances = plan.batches.flatMap((batch) => batch.instances).length;
        return (
          <>
            <p>
              {counted(instances, 'instance')} in {counted(plan.batches.length, 'batch', 'batches')}, never
              fewer than {plan.floor} serving
              {plan.expected !== undefined && `, about ${duration(plan.expected.seconds)}`}.
            </p>
            <Delta plan={plan} title="The way back" />
          </>
        );
      }}
    </Shown>
  );
}
