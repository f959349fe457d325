import type { JSX } from 'preact';
import { fieldOf } from '../../view/spec.ts';
import { lazy } from '../lazy.tsx';
import { BatchFields } from './batches.tsx';
import { ChangeFields } from './change.tsx';
import type { FormProps } from './fields.ts';
import { GateFields } from './gates.tsx';
import { TargetFields } from './targets.tsx';

const NamedFields = lazy(async () => (await import('./named.tsx')).NamedFields);
const Folds = lazy(async () => (await import('./folds.tsx')).Folds);

/** The tenth of a spec that most rollouts need, and all the rest of it folded. */
export function SpecForm(props: FormProps): JSX.Element {
  return (
    <>
      {fieldOf(props.spec, 'rollbackOf') === undefined && <ChangeFields {...props} />}
      <TargetFields {...props} />
      <BatchFields {...props} />
      <GateFields {...props} />
      <NamedFields {...props} />
      <Folds {...props} />
    </>
  );
}
