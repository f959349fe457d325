import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { ScaleSet } from '../api/shapes.ts';
import type { Acting } from '../live/picking.ts';
import { denialIn } from '../view/denial.ts';
import { links } from '../view/place.ts';
import { WHOLE_SET } from '../view/scope.ts';
import { actionsFor, scopeText } from '../view/set-actions.ts';
import type { SetAction } from '../view/set-actions.ts';
import { capital } from '../view/text.ts';
import { lazy } from './lazy.tsx';
import { Offered } from './offered.tsx';

const ActDialog = lazy(async () => (await import('./act-dialog.tsx')).ActDialog);

/** What can be done to the instances that are chosen; nothing while a rollout holds the set. */
export function ActBar({ set, acting }: { readonly set: ScaleSet; readonly acting: Acting }): JSX.Element {
  const asked = useSignal<SetAction | undefined>(undefined);
  const scope = acting.scope.value;
  const denial = denialIn(set, 'start');
  if (set.heldBy !== null) {
    return (
      <p class="soft">
        Actions on instances wait until <a href={links.rollout(set.heldBy)}>the rollout of this set</a> has
        ended.
      </p>
    );
  }
  return (
    <section class="act-bar" aria-label="Actions">
      <Chosen acting={acting} />
      <div class="acts">
        {actionsFor(scope).map((action) => (
          <Offered
            key={action.name}
            label={`${action.label}…`}
            class={action.isFinal === true ? 'small danger' : 'small'}
            denial={denial}
            onAsk={() => (asked.value = action)}
          />
        ))}
      </div>
      {denial !== undefined && <p class="soft denial">{capital(denial)}.</p>}
      {asked.value !== undefined && (
        <ActDialog set={set} action={asked.value} scope={scope} onClose={() => (asked.value = undefined)} />
      )}
    </section>
  );
}

function Chosen({ acting: { scope, isSeveral } }: { readonly acting: Acting }): JSX.Element {
  return (
    <div class="acts">
      <strong aria-live="polite">{scopeText(scope.value)}</strong>
      <button
        type="button"
        class="small"
        aria-pressed={isSeveral.value}
        onClick={() => (isSeveral.value = !isSeveral.value)}
      >
        Choose several
      </button>
      {scope.value.kind !== 'set' && (
        <button type="button" class="small" onClick={() => (scope.value = WHOLE_SET)}>
          Choose all
        </button>
      )}
    </div>
  );
}
