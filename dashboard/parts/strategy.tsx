import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import type { StrategyView } from '../../client/types.ts';
import { useDenial } from '../live/caller.ts';
import { useWatch } from '../live/use-watch.ts';
import { links } from '../view/place.ts';
import { strategyText } from '../view/strategy.ts';
import { capital } from '../view/text.ts';
import { Copy, JsonDetails } from './json.tsx';
import { Offered } from './offered.tsx';
import { DeleteStrategyDialog, SetStrategyDialog } from './strategy-dialogs.tsx';
import { Versions } from './versions.tsx';
import { Shown } from './trouble.tsx';

/** One strategy: what it says, and every version of it. */
export function StrategyDetails({ name }: { readonly name: string }): JSX.Element {
  const watched = useWatch(call('getStrategy', { path: { strategy: name } }));
  return (
    <>
      <div class="crumbs">
        <a href={links.more('strategies')}>Named strategies</a>
      </div>
      <Shown of={watched}>{(view) => <Whole view={view} onDone={() => watched.lookNow()} />}</Shown>
    </>
  );
}

function Whole({ view, onDone }: { readonly view: StrategyView; readonly onDone: () => void }): JSX.Element {
  const asked = useSignal<'set' | 'delete' | undefined>(undefined);
  const denial = useDenial('setStrategy');
  const onClose = (): void => {
    asked.value = undefined;
  };
  const { name, strategy, versions } = view;
  return (
    <>
      <h1 tabIndex={-1}>{name}</h1>
      <p>{strategyText(strategy)}.</p>
      <div class="acts">
        <Offered label="Change…" denial={denial} onAsk={() => (asked.value = 'set')} />
        <Offered label="Delete…" class="danger" denial={denial} onAsk={() => (asked.value = 'delete')} />
        {denial !== undefined && <p class="soft denial">{capital(denial)}.</p>}
      </div>
      <section aria-label="In a spec">
        <h2>In a spec</h2>
        <p class="soft">
          Rollouts and schedules take it by its name, and keep the version that stands when they begin.
        </p>
        <p class="apart">
          <code>{usage(name)}</code> <Copy text={usage(name)} what="JSON" />
        </p>
      </section>
      <JsonDetails title="All that it says, as JSON" value={strategy} />
      <Versions versions={versions.map(({ strategy: value, ...version }) => ({ ...version, value }))} />
      {asked.value === 'set' && <SetStrategyDialog stands={view} onDone={onDone} onClose={onClose} />}
      {asked.value === 'delete' && <DeleteStrategyDialog stands={view} onClose={onClose} />}
    </>
  );
}

function usage(name: string): string {
  return JSON.stringify({ namedStrategy: { name } });
}
