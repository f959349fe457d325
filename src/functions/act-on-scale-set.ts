import type { HttpHandler } from '@azure/functions';
import { formatScaleSetId } from '../azure/address.ts';
import { http } from '../core/messages/http.ts';
import { fieldErrors } from '../core/spec/field-errors.ts';
import type { RolloutSpec } from '../core/spec/spec.ts';
import { ActionBody } from './action-body.ts';
import type { SetAction } from './action-body.ts';
import type { App } from './app.ts';
import { invalidSpec } from './problem.ts';
import { readJson } from './read-json.ts';
import { addressIn } from './read-scale-sets.ts';
import { handle, noQuery } from './request.ts';
import { accept, specOf } from './start-rollout.ts';

/** `POST /scale-sets/{subscriptionId}/{resourceGroup}/{name}/{action}`: a rollout of that one action. */
export function actOnScaleSet(app: App, action: SetAction): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const scaleSet = formatScaleSetId(addressIn(request));
    const asked = bodyIn(await readJson(request, { optional: true }), action);
    return accept(specFor(scaleSet, action, asked), app, request, context);
  });
}

function bodyIn(body: unknown, action: SetAction): ActionBody {
  const parsed = ActionBody.safeParse(body);
  if (!parsed.success) throw invalidSpec(fieldErrors(parsed.error));
  const { capacity, instances, updateDomains } = parsed.data;
  // fence I17: nobody deletes every instance by leaving out which
  if (action === 'delete' && instances === undefined && updateDomains === undefined)
    throw invalidSpec([{ path: 'instances', message: http.deleteWhat }]);
  // fence I17: an action that names what it does not mean is not taken
  if ((action === 'scale') === (capacity !== undefined)) return parsed.data;
  throw invalidSpec([{ path: 'capacity', message: capacity === undefined ? http.scaleTo : http.scaleOnly }]);
}

/** Whoever names an action has allowed what it does to an instance; whether it may be undone is asked all the same. */
function specFor(
  scaleSet: string,
  action: SetAction,
  { instances, updateDomains, capacity, planHash, reason, maxUnavailable, acceptIrreversible }: ActionBody,
): RolloutSpec {
  return specOf({
    scaleSet,
    change: capacity === undefined ? { action } : { capacity },
    targets: { ...(instances && { instances }), ...(updateDomains && { updateDomains }) },
    strategy: {
      ...(action !== 'upgrade' && { mostDisruptiveAllowed: 'deallocate' }),
      ...(maxUnavailable !== undefined && { maxUnavailable }),
      ...(acceptIrreversible !== undefined && { acceptIrreversible }),
    },
    ...(planHash !== undefined && { planHash }),
    ...(reason !== undefined && { reason }),
  });
}
