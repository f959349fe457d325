import type { JSX } from 'preact';
import { fieldOf } from '../../view/spec.ts';
import { BatchFields } from './batches.tsx';
import { ChangeFields } from './change.tsx';
import type { FormProps } from './fields.ts';
import { GateFields } from './gates.tsx';
import { TargetFields } from './targets.tsx';

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
