import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Plan, SetInstance } from '../api/shapes.ts';
import { heatMapOf } from '../view/heat-map.ts';
import { plannedLook } from '../view/planned-look.ts';
import { capital, counted, shortRanges } from '../view/text.ts';
import { duration } from '../view/time.ts';
import { Delta } from './delta.tsx';
import { HeatMapTable, Legend } from './heat-map.tsx';
import { Time } from './time.tsx';

/** What a rollout would do in short: how many, how long, how many serve meanwhile, and what it changes. */
export function PlanSummary({ plan }: { readonly plan: Plan }): JSX.Element {
  return (
    <div class="plan">
      <PlanFacts plan={plan} />
      <Delta plan={plan} />
    </div>
  );
}

/** Its batches over the heat map. */
export function PlanBatches({
  plan,
  inSet,
}: {
  readonly plan: Plan;
  readonly inSet: readonly SetInstance[];
}): JSX.Element {
  const selected = useSignal<string | undefined>(undefined);
  const lookOf = plannedLook(plan);
  const map = heatMapOf(inSet, ({ instanceId }) => lookOf(instanceId));
  return (
    <section class="plan" aria-label="Batches over the instances">
      <h2>Batches</h2>
      <div class="map-side">
        <HeatMapTable
          map={map}
          label="Instances by the batch that they are in"
          selected={new Set(selected.value === undefined ? [] : [selected.value])}
          onSelect={(id) => (selected.value = id)}
        />
        <Legend map={map} />
      </div>
      <PlannedBatches batches={plan.batches} />
    </section>
  );
}

function PlannedBatches({ batches }: Pick<Plan, 'batches'>): JSX.Element {
  return (
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">Batch</th>
          <th scope="col">Instances</th>
        </tr>
      </thead>
      <tbody>
        {batches.map(({ index, name, instances }) => (
          <tr key={index}>
            <td>
              {index} · {capital(name)}
            </td>
            <td class="id">{shortRanges(instances)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function PlanFacts({ plan }: { readonly plan: Plan }): JSX.Element {
  const { batches, floor, expected } = plan;
  const count = batches.flatMap(({ instances }) => instances).length;
  return (
    <dl class="facts">
      <div>
        <dt>Plan</dt>
        <dd>{count === 0 ? 'Nothing to do' : counted(count, 'instance')}</dd>
        <dd class="soft">in {counted(batches.length, 'batch', 'batches')}</dd>
      </div>
      <div>
        <dt>Each is taken down by</dt>
        <dd>{plan.class}</dd>
      </div>
      <div>
        <dt>Serving, never fewer than</dt>
        <dd>{floor}</dd>
      </div>
      {plan.window !== undefined && (
        <div>
          <dt>Window</dt>
          <dd>{plan.window.open ? 'Open; closes' : 'Closed; opens'}</dd>
          <dd class="soft">{plan.window.until === null ? 'for good' : <Time at={plan.window.until} />}</dd>
        </div>
      )}
      <div>
        <dt>Takes about</dt>
        <dd>{expected === undefined ? '–' : duration(expected.seconds)}</dd>
        <dd class="soft">{expected !== undefined && `${expected.armRequests} requests to Azure`}</dd>
      </div>
    </dl>
  );
}
