import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import { send } from '../api/client.ts';
import { useDenial } from '../live/caller.ts';
import { useWatch } from '../live/use-watch.ts';
import { AskDialog } from './ask-dialog.tsx';
import { Offered } from './offered.tsx';
import { Time } from './time.tsx';
import { Shown } from './trouble.tsx';

/** Whether every write is stopped, and the switch for it. */
export function FreezeState(): JSX.Element {
  const watched = useWatch(call('getFreeze', {}), ({ frozen }) => frozen);
  const isAsked = useSignal(false);
  const noFreeze = useDenial('freeze');
  const noLift = useDenial('liftFreeze');
  return (
    <Shown of={watched}>
      {(freeze) => (
        <section class={freeze.frozen ? 'status bad' : 'status off'} aria-label="Freeze">
          <div class="says">
            <p class="large">
              {freeze.frozen ? 'Frozen: no write leaves the app' : 'Not frozen: rollouts may write'}
            </p>
            {freeze.frozen && (
              <p>
                {freeze.by}, {freeze.since !== undefined && <Time at={freeze.since} />}: {freeze.reason}
              </p>
            )}
          </div>
          <Offered
            label={freeze.frozen ? 'Lift the freeze…' : 'Freeze all writes…'}
            class={freeze.frozen ? 'main' : 'danger'}
            denial={freeze.frozen ? noLift : noFreeze}
            onAsk={() => (isAsked.value = true)}
          />
          {isAsked.value && (
            <FreezeDialog
              isFrozen={freeze.frozen}
              onClose={() => (isAsked.value = false)}
              onDone={() => watched.lookNow()}
            />
          )}
        </section>
      )}
    </Shown>
  );
}

function FreezeDialog({
  isFrozen,
  onClose,
  onDone,
}: {
  readonly isFrozen: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): JSX.Element {
  return (
    <AskDialog
      title={isFrozen ? 'Lift the freeze?' : 'Freeze all writes?'}
      label={isFrozen ? 'Lift the freeze' : 'Freeze all writes'}
      isDangerous={!isFrozen}
      needsReason
      act={async (reason) => {
        await send(call(isFrozen ? 'liftFreeze' : 'freeze', { body: { reason } }));
        onDone();
      }}
      onClose={onClose}
    >
      <p>
        {isFrozen
          ? 'Every rollout goes on where it is.'
          : 'No rollout of any scale set sends anything, not even a rollback, until the freeze is lifted. What Azure has under way goes on.'}
      </p>
    </AskDialog>
  );
}
