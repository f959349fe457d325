import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { call } from '../../client/call.ts';
import { instancesOf, parseScaleSetId, scaleSetName } from '../api/paths.ts';
import { send } from '../api/client.ts';
import type { Plan, ScaleSet, SetInstance } from '../api/shapes.ts';
import { planOf, startOf } from '../api/specs.ts';
import { createDraft } from '../live/draft.ts';
import type { Draft, Drafted } from '../live/draft.ts';
import { useWatch } from '../live/use-watch.ts';
import { Offered } from '../parts/offered.tsx';
import { Copy } from '../parts/json.tsx';
import { lazy } from '../parts/lazy.tsx';
import { Problems } from '../parts/problems.tsx';
import { SpecEditor } from '../parts/spec-editor.tsx';
import { SpecForm } from '../parts/spec-form/form.tsx';
import { denialIn } from '../view/denial.ts';
import { links } from '../view/place.ts';
import { commandText, pipelineText, specText } from '../view/spec.ts';
import type { Spec } from '../view/spec.ts';
import { capital } from '../view/text.ts';

const PlanSummary = lazy(async () => (await import('../parts/plan.tsx')).PlanSummary);
const PlanBatches = lazy(async () => (await import('../parts/plan.tsx')).PlanBatches, null);

/** Where it was asked for. */
interface From {
  readonly scaleSet: string;
  readonly rollbackOf: string | undefined;
  readonly isQueued?: true;
}

/** Writes a spec, shows what it would do, and starts exactly that. */
export function NewRolloutPage(from: From): JSX.Element {
  const { scaleSet, rollbackOf } = from;
  const draft = useMemo(() => createDraft(firstSpec(from), ROLLOUTS), []);
  const address = parseScaleSetId(scaleSet);
  const instances = useWatch(address && instancesOf(address));
  const inSet = instances.value.value?.value ?? [];
  const set = useWatch(address && call('getScaleSet', { path: address })).value.value;
  const { spec, problems } = draft;
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>
          {rollbackOf === undefined ? 'New rollout' : 'Undo a rollout'} of {scaleSetName(scaleSet)}
        </h1>
        {address !== undefined && <a href={links.scaleSet(address)}>back to the scale set</a>}
      </div>
      <div class="columns">
        <section class="form" aria-label="Spec">
          <SpecForm
            spec={spec.value}
            onSpec={(next) => draft.change(next)}
            problems={problems.value}
            updateDomains={domainsOf(inSet)}
          />
        </section>
        <div>
          <SpecEditor spec={spec.value} onSpec={(next) => draft.change(next)} />
          <Buttons draft={draft} set={set} />
          <Problems draft={draft} />
          <DraftPlan draft={draft} />
        </div>
      </div>
      {draft.plan.value !== undefined && (
        <div class={draft.isCurrent.value ? '' : 'outdated'}>
          <PlanBatches plan={draft.plan.value} inSet={inSet} />
        </div>
      )}
    </>
  );
}

const firstSpec = ({ scaleSet, rollbackOf, isQueued }: From): Spec => ({
  scaleSet,
  ...(rollbackOf === undefined ? { change: { image: { version: 'latest' } } } : { rollbackOf }),
  ...(isQueued && { onBusy: 'queue' }),
});

/** Whether it may wait for its turn. Its plan is made then, and is seldom that of now. */
const mayWait = ({ onBusy }: Spec): boolean => onBusy === 'queue' || onBusy === 'replace';

const ROLLOUTS: Drafted<Plan> = {
  plan: (spec) => send(planOf(spec)),
  async start(spec, plan, key) {
    const { id } = await send(startOf(spec, mayWait(spec) ? undefined : plan.hash), key);
    return links.rollout(id);
  },
};

/** The plan that was last asked for, and whether it still holds. */
function DraftPlan({ draft: { plan, isCurrent } }: { readonly draft: Draft<Plan> }): JSX.Element | null {
  if (plan.value === undefined) return null;
  return (
    <div class={isCurrent.value ? '' : 'outdated'}>
      {!isCurrent.value && (
        <p class="stale">The spec has changed since this plan was made. Ask for a new plan.</p>
      )}
      <PlanSummary plan={plan.value} />
    </div>
  );
}

function Buttons({
  draft,
  set = {},
}: {
  readonly draft: Draft<Plan>;
  readonly set: Pick<ScaleSet, 'denied'> | undefined;
}): JSX.Element {
  const { spec, isCurrent, isAsking } = draft;
  const denial = denialIn(set, 'start');
  return (
    <section class="acts" aria-label="Plan and start">
      <button
        type="button"
        class={isCurrent.value ? '' : 'main'}
        disabled={isAsking.value}
        onClick={() => void draft.askForPlan()}
      >
        Show the plan
      </button>
      {isCurrent.value && (
        <Offered
          label="Start this plan"
          class="main"
          denial={denial}
          isBusy={isAsking.value}
          onAsk={() => void draft.start()}
        />
      )}
      {mayWait(spec.value) && (
        <p class="soft denial">Where it has to wait, its plan is made when its turn has come.</p>
      )}
      {denial !== undefined && <p class="soft denial">{capital(denial)}.</p>}
      <span class="soft">or</span>
      <Copy text={commandText(spec.value)} what="command" />
      <Copy text={specText(spec.value)} what="JSON" />
      <Copy text={pipelineText(spec.value)} what="pipeline step" />
    </section>
  );
}

function domainsOf(instances: readonly SetInstance[]): readonly number[] {
  const domains = instances.flatMap(({ updateDomain }) => (updateDomain === null ? [] : [updateDomain]));
  return [...new Set(domains)].sort((one, other) => one - other);
}
