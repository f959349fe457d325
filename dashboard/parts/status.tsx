import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Rollout } from '../api/shapes.ts';
import { actionsOf } from '../view/actions.ts';
import type { Action } from '../view/actions.ts';
import { statusOf } from '../view/status.ts';
import type { Status as Standing } from '../view/status.ts';
import { lazy } from './lazy.tsx';
import { Span, Time } from './time.tsx';

const Barred = lazy(async () => (await import('./barred.tsx')).Barred);
const CommandDialog = lazy(async () => (await import('./command-dialog.tsx')).CommandDialog);

/** The sentence that says where the rollout stands, and beside it what a person may do. */
export function Status({
  rollout,
  onChanged,
}: {
  readonly rollout: Rollout;
  readonly onChanged: () => void;
}): JSX.Element {
  const status = statusOf(rollout);
  const asked = useSignal<Action | undefined>(undefined);
  return (
    <section class={`status ${status.tone}`} aria-label="Status">
      <div class="says">
        <h1 tabIndex={-1} aria-live="polite">
          {status.text}
        </h1>
        <Times rollout={rollout} status={status} />
      </div>
      <Actions rollout={rollout} onAsk={(action) => (asked.value = action)} />
      {asked.value !== undefined && (
        <CommandDialog
          rollout={rollout}
          action={asked.value}
          onClose={() => {
            asked.value = undefined;
          }}
          onDone={onChanged}
        />
      )}
    </section>
  );
}

/** For how long it has been so, what to know about it, and until when it may last. */
function Times({
  rollout,
  status: { since, until, notes },
}: {
  readonly rollout: Rollout;
  readonly status: Standing;
}): JSX.Element {
  return (
    <p>
      {since !== undefined && (
        <>
          {rollout.endedAt === null ? (
            <>
              For <Span since={since} />
            </>
          ) : (
            <>
              Ended <Time at={since} />
            </>
          )}
          .{' '}
        </>
      )}
      {notes.join(' ')}
      {until !== undefined && (
        <>
          {' '}
          {rollout.waitingFor?.kind === 'approval' ? 'The time for an answer ends' : 'At the latest'}{' '}
          <Time at={until} />.
        </>
      )}
    </p>
  );
}

function Actions({
  rollout,
  onAsk,
}: {
  readonly rollout: Rollout;
  readonly onAsk: (action: Action) => void;
}): JSX.Element | null {
  const actions = actionsOf(rollout);
  const main = actions.find(({ isMain }) => isMain);
  if (actions.length === 0) return null;
  return (
    <>
      {main !== undefined && <ActionButton action={main} onAsk={onAsk} />}
      <div class={main === undefined ? 'acts' : 'acts others'}>
        {actions.map((action) =>
          action === main ? null : <ActionButton key={action.next.command} action={action} onAsk={onAsk} />,
        )}
        <Barred rollout={rollout} />
      </div>
    </>
  );
}

function ActionButton({
  action,
  onAsk,
}: {
  readonly action: Action;
  readonly onAsk: (action: Action) => void;
}): JSX.Element {
  return (
    <button
      type="button"
      class={[action.isMain ? 'main' : '', action.isDangerous ? 'danger' : ''].join(' ')}
      onClick={() => onAsk(action)}
    >
      {action.label}…
    </button>
  );
}
