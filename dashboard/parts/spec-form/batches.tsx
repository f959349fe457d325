import type { JSX } from 'preact';
import { shareIn, sharesIn, withField } from '../../view/spec.ts';
import { Field, Select, TextInput } from '../field.tsx';
import { textAt } from './fields.ts';
import type { FormProps } from './fields.ts';

const BATCHED_BY = [
  ['', 'update domain, else zone'],
  ['faultDomain', 'fault domain'],
  ['zone', 'zone'],
  ['count', 'count'],
  ['percent', 'per cent'],
  ['steps', 'growing steps'],
] as const;

const SIZED: ReadonlySet<string> = new Set(['count', 'percent', 'steps']);

/** How many instances are upgraded together, and how many may be down. */
export function BatchFields({ spec, onSpec, problems }: FormProps): JSX.Element {
  const batchBy = textAt(spec, 'strategy.batchBy');
  const setBatchBy = (value: string): void => {
    const without = SIZED.has(value) ? spec : withField(spec, 'strategy.steps', undefined);
    onSpec(withField(without, 'strategy.batchBy', value === '' ? undefined : value));
  };
  const share = (path: string) => (value: string) => onSpec(withField(spec, path, shareIn(value)));
  return (
    <fieldset>
      <legend>How many at a time</legend>
      <Field name="Batches by" path="strategy.batchBy" problems={problems}>
        <Select value={batchBy} options={BATCHED_BY} onValue={setBatchBy} />
      </Field>
      {SIZED.has(batchBy) && <SizeField spec={spec} onSpec={onSpec} problems={problems} />}
      <Field name="Canary" hint="that many first, alone" path="strategy.canary" problems={problems}>
        <TextInput value={textAt(spec, 'strategy.canary')} onValue={share('strategy.canary')} />
      </Field>
      <Field
        name="Down at most"
        hint="a count or a share; empty: the largest domain, or 20%"
        path="strategy.maxUnavailable"
        problems={problems}
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

type SizeProps = Omit<FormProps, 'updateDomains'>;

function SizeField({ spec, onSpec, problems }: SizeProps): JSX.Element {
  const grows = textAt(spec, 'strategy.batchBy') === 'steps';
  return (
    <Field
      name={grows ? 'Steps' : 'Size of a batch'}
      hint={grows ? 'such as 1, 10%, 50%, 100%' : undefined}
      path="strategy.steps"
      problems={problems}
    >
      <TextInput
        value={textAt(spec, 'strategy.steps')}
        onValue={(value) => onSpec(withField(spec, 'strategy.steps', sharesIn(value)))}
      />
    </Field>
  );
}
