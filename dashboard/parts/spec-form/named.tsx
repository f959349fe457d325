import type { JSX } from 'preact';
import { call } from '../../../client/call.ts';
import { useOnce } from '../../live/use-watch.ts';
import { shareIn, withField, withNamed } from '../../view/spec.ts';
import { strategyText } from '../../view/strategy.ts';
import { Field, Select, TextInput } from '../field.tsx';
import { textAt } from './fields.ts';
import type { FormProps } from './fields.ts';

type NamedProps = Omit<FormProps, 'updateDomains'>;

/** A strategy that has a name already. It is used whole. */
export function NamedFields({ spec, onSpec, problems }: NamedProps): JSX.Element {
  const strategies = useOnce(call('getStrategies', {})).value?.value ?? [];
  const name = textAt(spec, 'namedStrategy.name');
  const chosen = strategies.find((one) => one.name === name);
  const names = new Set([...strategies.map((one) => one.name), ...(name === '' ? [] : [name])]);
  const options = [['', 'none'] as const, ...[...names].map((one) => [one, one] as const)];
  return (
    <fieldset>
      <legend>Named strategy</legend>
      <Field
        name="Goes as"
        hint={chosen ? strategyText(chosen.strategy) : 'in place of batches, health, soak and approvals'}
        path="namedStrategy.name"
        problems={problems}
        problem={problems.get('namedStrategy')}
      >
        <Select value={name} options={options} onValue={(value) => onSpec(withNamed(spec, value))} />
      </Field>
      <Field
        name="Version of it"
        hint="empty: the one that stands when it begins"
        path="namedStrategy.version"
        problems={problems}
      >
        <TextInput
          value={textAt(spec, 'namedStrategy.version')}
          {...(chosen !== undefined && { placeholder: String(chosen.number) })}
          onValue={(value) => onSpec(withField(spec, 'namedStrategy.version', shareIn(value)))}
        />
      </Field>
    </fieldset>
  );
}
