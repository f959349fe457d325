import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { call } from '../../client/call.ts';
import type { Waits } from '../../client/types.ts';
import { parseScaleSetId, scaleSetName } from '../api/paths.ts';
import { choiceIn, choose } from '../live/here.ts';
import { useWatch } from '../live/use-watch.ts';
import { Choice } from '../parts/choice.tsx';
import { Time } from '../parts/time.tsx';
import { Shown } from '../parts/trouble.tsx';
import { links } from '../view/place.ts';
import { counted } from '../view/text.ts';
import { duration } from '../view/time.ts';
import { byWait, FIGURES, KINDS, shareOf } from '../view/waits.ts';
import type { Figure, Waited, WaitRow } from '../view/waits.ts';

const DAYS = [
  ['1', 'day'],
  ['7', 'week'],
  ['30', '30 days'],
  ['90', '90 days'],
] as const;

const DAY_MILLISECONDS = 86_400_000;

/** How long rollouts that have ended waited, and for whom. */
export function WaitsPage(): JSX.Element {
  const days = useSignal(DAYS.find(([key]) => key === choiceIn('days', ''))?.[0] ?? '30');
  const figure = useSignal<Figure>('p90');
  const since = useMemo(
    () => new Date(Date.now() - Number(days.value) * DAY_MILLISECONDS).toISOString(),
    [days.value],
  );
  const watched = useWatch(call('getWaits', { query: { since } }));
  return (
    <>
      <div class="crumbs">
        <a href={links.rollouts}>Rollouts</a>
      </div>
      <h1 tabIndex={-1}>What rollouts wait for</h1>
      <div class="head">
        <Choice
          label="Of the last"
          options={DAYS}
          value={days.value}
          onChange={(value) => {
            days.value = DAYS.find(([key]) => key === value)?.[0] ?? '30';
            choose('days', value);
          }}
        />
        <Choice
          label="Show what took no longer for"
          options={FIGURES}
          value={figure.value}
          onChange={(value) => (figure.value = FIGURES.find(([key]) => key === value)?.[0] ?? 'p90')}
        />
      </div>
      <Shown of={watched}>{(waits) => <Whole waits={waits} figure={figure.value} />}</Shown>
    </>
  );
}

function Whole({ waits, figure }: { readonly waits: Waits; readonly figure: Figure }): JSX.Element {
  const { since, complete, all, scaleSets, pipelines } = waits;
  if (all.rollouts === 0) {
    return (
      <p class="blank soft">
        <span>
          No rollout that was accepted since <Time at={since} /> has ended.
        </span>
      </p>
    );
  }
  const sets = scaleSets.map(({ scaleSet, ...waited }) => ({ name: scaleSet, waited }));
  const lines = pipelines.map(({ pipeline, ...waited }) => ({ name: pipeline, waited }));
  return (
    <>
      {!complete && <p class="stale">There are more: only the newest 2,000 rollouts are counted.</p>}
      <Shares all={all} />
      <WaitTable title="By scale set" of="Scale set" rows={byWait(sets, figure)} figure={figure} />
      {lines.length > 0 && (
        <WaitTable title="By pipeline" of="Pipeline" rows={byWait(lines, figure)} figure={figure} />
      )}
    </>
  );
}

/** Where the time of all of them went. */
function Shares({ all }: { readonly all: Waited }): JSX.Element {
  return (
    <dl class="facts">
      <div>
        <dt>{counted(all.rollouts, 'rollout')} took</dt>
        <dd>{duration(all.tookSeconds.p50)}</dd>
        <dd class="soft">half of them; 9 of 10 took {duration(all.tookSeconds.p90)}</dd>
      </div>
      {KINDS.map(([kind, name, what]) => (
        <div key={kind} title={what}>
          <dt>{name}</dt>
          <dd>{shareOf(all, kind)} %</dd>
          <dd>
            <progress max={100} value={shareOf(all, kind)} aria-label={`Share of the time: ${what}`} />
          </dd>
          <dd class="soft">{totalText(all, kind)}</dd>
        </div>
      ))}
    </dl>
  );
}

function totalText({ waitedSeconds }: Waited, kind: keyof Waited['waitedSeconds']): string {
  const { total } = waitedSeconds[kind];
  return total === 0 ? 'none' : `${duration(total)} in all`;
}

function WaitTable({
  title,
  of,
  rows,
  figure,
}: {
  readonly title: string;
  readonly of: string;
  readonly rows: readonly WaitRow[];
  readonly figure: Figure;
}): JSX.Element {
  return (
    <div class="titled" role="region" aria-label={title}>
      <h2>{title}</h2>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">{of}</th>
            <th scope="col" class="number">
              Rollouts
            </th>
            <th scope="col" class="number">
              Took
            </th>
            {KINDS.map(([kind, name, what]) => (
              <th key={kind} scope="col" class="number" title={what}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <WaitLine key={row.name} row={row} figure={figure} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function WaitLine({ row, figure }: { readonly row: WaitRow; readonly figure: Figure }): JSX.Element {
  const { name, waited } = row;
  const address = parseScaleSetId(name);
  return (
    <tr>
      <td>{address === undefined ? name : <a href={links.scaleSet(address)}>{scaleSetName(name)}</a>}</td>
      <td class="number" data-name="Rollouts">
        <span>{waited.rollouts}</span>
      </td>
      <td class="number" data-name="Took">
        <span>{duration(waited.tookSeconds[figure])}</span>
      </td>
      {KINDS.map(([kind, label]) => {
        const seconds = waited.waitedSeconds[kind][figure];
        return (
          <td key={kind} class="number" data-name={label}>
            <span class={seconds === 0 ? 'soft' : ''}>{seconds === 0 ? '–' : duration(seconds)}</span>
          </td>
        );
      })}
    </tr>
  );
}
