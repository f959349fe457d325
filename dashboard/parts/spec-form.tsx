import type { JSX } from 'preact';
import {
  fieldOf,
  idsIn,
  IMAGE_KINDS,
  imageKindOf,
  shareIn,
  sharesIn,
  withField,
  withImageKind,
} from '../view/spec.ts';
import type { ImageKind, Spec } from '../view/spec.ts';
import { idRanges } from '../view/text.ts';
import { Choice } from './choice.tsx';
import { Field, Select, TextInput } from './field.tsx';

export interface FormProps {
  readonly spec: Spec;
  readonly onSpec: (spec: Spec) => void;
  /** What the app says is wrong, by path. */
  readonly problems: ReadonlyMap<string, string>;
  /** Of the set; none in zonal ones. */
  readonly updateDomains: readonly number[];
}

/** The tenth of a spec that most rollouts need; everything else is in the JSON beside it. */
export function SpecForm(props: FormProps): JSX.Element {
  return (
    <>
      {fieldOf(props.spec, 'rollbackOf') === undefined && <ChangeFields {...props} />}
      <TargetFields {...props} />
      <BatchFields {...props} />
      <GateFields {...props} />
    </>
  );
}

function textAt(spec: Spec, path: string): string {
  const value = fieldOf(spec, path);
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function ChangeFields({ spec, onSpec, problems }: FormProps): JSX.Element {
  const kind = imageKindOf(spec);
  const set = (path: string) => (value: string) =>
    onSpec(withField(spec, path, value.trim() === '' ? undefined : value.trim()));
  return (
    <fieldset>
      <legend>What changes</legend>
      <Choice
        label="Image"
        options={IMAGE_KINDS}
        value={kind}
        onChange={(value) => onSpec(withImageKind(spec, value as ImageKind))}
      />
      {kind !== 'none' && (
        <Field
          name={`Image ${kind}`}
          hint={kind === 'version' ? 'latest is pinned when the plan is made' : undefined}
          problem={problems.get(`change.image.${kind}`) ?? problems.get('change.image')}
        >
          <TextInput
            value={textAt(spec, `change.image.${kind}`)}
            onValue={(value) => onSpec(withField(spec, `change.image.${kind}`, value.trim()))}
          />
        </Field>
      )}
      <Field name="VM size" hint="empty: stays" problem={problems.get('change.vmSize')}>
        <TextInput
          value={textAt(spec, 'change.vmSize')}
          onValue={set('change.vmSize')}
          placeholder="Standard_D4s_v5"
        />
      </Field>
      <Field name="Even instances that are there already" problem={problems.get('change.force')}>
        <Select
          value={textAt(spec, 'change.force')}
          options={[
            ['', 'are left alone'],
            ['reimage', 'are reimaged'],
            ['restart', 'are restarted'],
            ['redeploy', 'are redeployed'],
          ]}
          onValue={set('change.force')}
        />
      </Field>
    </fieldset>
  );
}

function TargetFields({ spec, onSpec, problems, updateDomains }: FormProps): JSX.Element {
  const chosen = fieldOf(spec, 'targets.updateDomains');
  const domains: readonly unknown[] = Array.isArray(chosen) ? chosen : [];
  const instances = fieldOf(spec, 'targets.instances');
  const toggle = (domain: number): void => {
    const next = domains.includes(domain)
      ? domains.filter((one) => one !== domain)
      : [...domains, domain].sort((one, other) => Number(one) - Number(other));
    onSpec(withField(spec, 'targets.updateDomains', next.length === 0 ? undefined : next));
  };
  return (
    <fieldset>
      <legend>Which instances</legend>
      {updateDomains.length > 0 && (
        <div class="choice" role="group" aria-label="Update domains">
          <span class="soft">Update domains</span>
          {updateDomains.map((domain) => (
            <label key={domain} class={domains.includes(domain) ? 'chosen' : ''}>
              <input type="checkbox" checked={domains.includes(domain)} onChange={() => toggle(domain)} />
              UD {domain}
            </label>
          ))}
        </div>
      )}
      <Field
        name="Instance ids"
        hint="such as 0-3, 7; empty: all"
        problem={problems.get('targets.instances')}
      >
        <TextInput
          value={Array.isArray(instances) ? idRanges(instances.map(String)) : ''}
          onValue={(value) => onSpec(withField(spec, 'targets.instances', idsIn(value)))}
        />
      </Field>
      <Field name="Per cent of them" problem={problems.get('targets.percent')}>
        <TextInput
          value={textAt(spec, 'targets.percent')}
          onValue={(value) => onSpec(withField(spec, 'targets.percent', shareIn(value.replace('%', ''))))}
        />
      </Field>
    </fieldset>
  );
}

const BATCHED_BY = [
  ['', 'update domain, else zone'],
  ['faultDomain', 'fault domain'],
  ['zone', 'zone'],
  ['count', 'count'],
  ['percent', 'per cent'],
  ['steps', 'growing steps'],
] as const;

const SIZED: ReadonlySet<string> = new Set(['count', 'percent', 'steps']);

function BatchFields({ spec, onSpec, problems }: FormProps): JSX.Element {
  const batchBy = textAt(spec, 'strategy.batchBy');
  const setBatchBy = (value: string): void => {
    const without = SIZED.has(value) ? spec : withField(spec, 'strategy.steps', undefined);
    onSpec(withField(without, 'strategy.batchBy', value === '' ? undefined : value));
  };
  const share = (path: string) => (value: string) => onSpec(withField(spec, path, shareIn(value)));
  return (
    <fieldset>
      <legend>How many at a time</legend>
      <Field name="Batches by" problem={problems.get('strategy.batchBy')}>
        <Select value={batchBy} options={BATCHED_BY} onValue={setBatchBy} />
      </Field>
      {SIZED.has(batchBy) && (
        <Field
          name={batchBy === 'steps' ? 'Steps' : 'Size of a batch'}
          hint={batchBy === 'steps' ? 'such as 1, 10%, 50%, 100%' : undefined}
          problem={problems.get('strategy.steps')}
        >
          <TextInput
            value={textAt(spec, 'strategy.steps')}
            onValue={(value) => onSpec(withField(spec, 'strategy.steps', sharesIn(value)))}
          />
        </Field>
      )}
      <Field name="Canary" hint="that many first, alone" problem={problems.get('strategy.canary')}>
        <TextInput value={textAt(spec, 'strategy.canary')} onValue={share('strategy.canary')} />
      </Field>
      <Field
        name="Down at most"
        hint="a count or a share; empty: the largest domain, or 20%"
        problem={problems.get('strategy.maxUnavailable')}
      >
        <TextInput
          value={textAt(spec, 'strategy.maxUnavailable')}
          onValue={share('strategy.maxUnavailable')}
          placeholder="20%"
        />
      </Field>
    </fieldset>
  );
}

function GateFields({ spec, onSpec, problems }: FormProps): JSX.Element {
  const choose = (path: string) => (value: string) =>
    onSpec(withField(spec, path, value === '' ? undefined : value));
  return (
    <fieldset>
      <legend>Who decides</legend>
      <Field name="Approval before" problem={problems.get('approvals.before')}>
        <Select
          value={textAt(spec, 'approvals.before')}
          options={[
            ['', 'nothing'],
            ['rollout', 'the rollout'],
            ['batch', 'each batch'],
          ]}
          onValue={choose('approvals.before')}
        />
      </Field>
      <Field name="After a failure" problem={problems.get('onFailure')}>
        <Select
          value={textAt(spec, 'onFailure')}
          options={[
            ['', 'roll back'],
            ['pause', 'pause'],
            ['halt', 'halt'],
          ]}
          onValue={choose('onFailure')}
        />
      </Field>
      <Field name="Soak" hint="seconds after each batch" problem={problems.get('soakSeconds')}>
        <TextInput
          value={textAt(spec, 'soakSeconds')}
          onValue={(value) => onSpec(withField(spec, 'soakSeconds', shareIn(value)))}
        />
      </Field>
      <Field name="Reason" problem={problems.get('reason')}>
        <TextInput value={textAt(spec, 'reason')} onValue={choose('reason')} placeholder="October image" />
      </Field>
    </fieldset>
  );
}
