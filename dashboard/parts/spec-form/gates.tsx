import type { JSX } from 'preact';
import { shareIn, withField } from '../../view/spec.ts';
import { Field, Select, TextInput } from '../field.tsx';
import { textAt } from './fields.ts';
import type { FormProps } from './fields.ts';

/** Who approves, what a failure leads to, and how long each batch soaks. */
export function GateFields({ spec, onSpec, problems }: FormProps): JSX.Element {
  const choose = (path: string) => (value: string) =>
    onSpec(withField(spec, path, value === '' ? undefined : value));
  return (
    <fieldset>
      <legend>Who decides</legend>
      <Field name="Approval before" path="approvals.before" problems={problems}>
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
      <Field name="After a failure" path="onFailure" problems={problems}>
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
      <Field name="Soak" hint="seconds after each batch" path="soakSeconds" problems={problems}>
        <TextInput
          value={textAt(spec, 'soakSeconds')}
          onValue={(value) => onSpec(withField(spec, 'soakSeconds', shareIn(value)))}
        />
      </Field>
      <Field name="Reason" path="reason" problems={problems}>
        <TextInput value={textAt(spec, 'reason')} onValue={choose('reason')} placeholder="October image" />
      </Field>
    </fieldset>
  );
}
