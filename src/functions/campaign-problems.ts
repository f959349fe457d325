import { http } from '../core/messages/http.ts';
import { notFound, ProblemError } from './problem.ts';

export function noCampaign(id: string): ProblemError {
  return notFound(`campaign ${id}`);
}

export function campaignKeyReused(): ProblemError {
  const [detail, remedy] = [http.keyReused('campaign'), http.keyReusedRemedy('campaign')];
  return new ProblemError({ status: 422, code: 'idempotencyKeyReused', detail, remedy });
}
