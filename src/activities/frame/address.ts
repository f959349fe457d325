import { parseScaleSetId } from '../../azure/address.ts';
import type { ScaleSetAddress } from '../../azure/port.ts';
import type { Brief } from './brief.ts';

export function addressOf({ record }: Brief): ScaleSetAddress {
  const address = parseScaleSetId(record.scaleSet);
  if (address === undefined) throw new Error(`${record.scaleSet} is no scale set's id`);
  return address;
}
