import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { call } from '../../client/call.ts';
import type { Strategies } from '../../client/types.ts';
import { useDenial } from '../live/caller.ts';
import { useWatch } from '../live/use-watch.ts';
import { Offered } from '../parts/offered.tsx';
import { SetStrategyDialog } from '../parts/strategy-dialogs.tsx';
import { StrategyDetails } from '../parts/strategy.tsx';
import { Time } from '../parts/time.tsx';
import { Shown } from '../parts/trouble.tsx';
import { links } from '../view/place.ts';
import { strategyText } from '../view/strategy.ts';

/** Every named strategy, or one of them. */
export function StrategiesPage({ name }: { readonly name: string | undefined }): JSX.Element {
  return name === undefined ? <AllStrategies /> : <StrategyDetails name={name} />;
}

function AllStrategies(): JSX.Element {
  const watched = useWatch(call('getStrategies', {}));
  const isAsked = useSignal(false);
  const denial = useDenial('setStrategy');
  return (
    <>
      <div class="crumbs">
        <a href={links.schedules}>Schedules</a>
      </div>
      <div class="head">
        <h1 tabIndex={-1}>Named strategies</h1>
        <Offered label="New strategy…" denial={denial} onAsk={() => (isAsked.value = true)} />
      </div>
      <Shown of={watched}>
        {({ value }) => (
          <>
            {value.length === 0 && (
              <p class="blank soft">
                No strategy has a name. One can be used by rollouts and schedules, and each keeps the version
                that it began with.
              </p>
            )}
            <ul class="lines">
              {value.map((one) => (
                <StrategyLine key={one.name} strategy={one} />
              ))}
            </ul>
          </>
        )}
      </Shown>
      {isAsked.value && (
        <SetStrategyDialog onDone={() => watched.lookNow()} onClose={() => (isAsked.value = false)} />
      )}
    </>
  );
}

function StrategyLine({ strategy }: { readonly strategy: Strategies['value'][number] }): JSX.Element {
  const { name, number, by, at, reason } = strategy;
  return (
    <li class="old">
      <a href={links.more('strategies', name)}>
        <span class="set">{name}</span>
        <strong>{strategyText(strategy.strategy)}</strong>
      </a>
      <span class="soft">
        version {number} by {by}, <Time at={at} />
        {reason !== undefined && `: ${reason}`}
      </span>
    </li>
  );
}
