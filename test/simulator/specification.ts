import { LiveValidator } from 'oav';
import type { RecordedExchange } from './exchanges.ts';

/** The specification knows no newer one; bodies are held to it all the same (arm-vmss.md 5.1). */
const API_VERSION = '2024-03-01';

/** Galleries have a specification of their own. */
const GALLERY_API_VERSION = '2023-07-03';

const COMPUTE = 'specification/compute/resource-manager/Microsoft.Compute';
const SPECIFICATIONS = [
  `${COMPUTE}/ComputeRP/stable/${API_VERSION}/*.json`,
  `${COMPUTE}/GalleryRP/stable/${GALLERY_API_VERSION}/*.json`,
];

interface Deviation {
  readonly code: string;
  /** Where in the answer, or the words of the complaint. */
  readonly at: RegExp;
  readonly why: string;
}

/** What real traffic shows too, although the specification does not (arm-vmss.md 5.1). */
export const DEVIATIONS: readonly Deviation[] = [
  {
    code: 'OBJECT_ADDITIONAL_PROPERTIES',
    at: /resilientVMDeletionStatus|priority|evictionPolicy|billingProfile|replicaType|sizeInGb/,
    why: 'fields that are newer than the specification, as recorded',
  },
  {
    code: 'OBJECT_ADDITIONAL_PROPERTIES',
    at: /internalErrorCode/,
    why: 'the innererror of a 429, as reported (arm-vmss.md 3.6)',
  },
  {
    code: 'OBJECT_ADDITIONAL_PROPERTIES',
    at: /additionalInfo/,
    why: 'a denial by policy is Azure Resource Manager’s own, whose errors have additionalInfo',
  },
  {
    code: 'OBJECT_MISSING_REQUIRED_PROPERTY',
    at: /location/,
    why: 'items of a list with $select hold no location',
  },
  {
    code: 'MISSING_RESOURCE_ID',
    at: /rollingUpgrades\/latest|GetLatest/i,
    why: 'the latest rolling upgrade has no id',
  },
];

export interface Complaint {
  readonly operation: string;
  readonly code: string;
  readonly text: string;
}

export interface Validated {
  readonly operation: string;
  readonly complaints: readonly Complaint[];
  readonly deviations: readonly Deviation[];
}

export type Validate = (exchange: RecordedExchange) => Promise<Validated>;

/** Whether the specification says anything about such a request; paths that nobody knows are left out. */
export function isSpecified({ url, status, responseHeaders, responseBody }: RecordedExchange): boolean {
  // What a gateway wrote is not the service's.
  if (responseHeaders['content-type'] === 'text/html') return false;
  if (status === 404 && responseBody.includes('"InvalidResourceType"')) return false;
  const { pathname } = new URL(url);
  return /\/providers\/microsoft\.compute\//i.test(pathname) && !/\/operations\//i.test(pathname);
}

export async function createValidator(directory: string): Promise<Validate> {
  const validator = new LiveValidator({
    directory,
    swaggerPathsPattern: SPECIFICATIONS,
    git: { shouldClone: false },
    loadValidatorInInitialize: true,
    loadValidatorInBackground: false,
    isArmCall: true,
  });
  await validator.initialize();
  return async (exchange) => {
    const result = await validator.validateLiveRequestResponse({
      liveRequest: liveRequest(exchange),
      liveResponse: {
        statusCode: String(exchange.status),
        headers: { ...exchange.responseHeaders },
        body: parsed(exchange.responseBody),
      },
    });
    const { requestValidationResult, responseValidationResult, runtimeException } = result;
    // What was refused may well have been wrong, and tests by hand send odd things on purpose: of requests only those
    // of the SDK that were accepted are judged.
    const isOfSdk = /azsdk-js/.test(exchange.requestHeaders['user-agent'] ?? '');
    const requestErrors = isOfSdk && exchange.status < 400 ? requestValidationResult.errors : [];
    const found = [...requestErrors, ...responseValidationResult.errors];
    const complaints = found.map((issue): Complaint => ({
      operation: responseValidationResult.operationInfo?.operationId ?? '',
      code: issue.code,
      text: `${issue.message} ${(issue.pathsInPayload ?? []).join(' ')}`,
    }));
    const broken =
      runtimeException ??
      requestValidationResult.runtimeException ??
      responseValidationResult.runtimeException;
    if (broken !== undefined) {
      complaints.push({ operation: new URL(exchange.url).pathname, code: broken.code, text: broken.message });
    }
    const deviationOf = (complaint: Complaint): Deviation | undefined =>
      DEVIATIONS.find(
        ({ code, at }) => code === complaint.code && at.test(`${complaint.operation} ${complaint.text}`),
      );
    return {
      operation: responseValidationResult.operationInfo?.operationId ?? '',
      complaints: complaints.filter((complaint) => deviationOf(complaint) === undefined),
      deviations: complaints.map(deviationOf).filter((deviation) => deviation !== undefined),
    };
  };
}

function liveRequest(exchange: RecordedExchange): {
  method: string;
  url: string;
  headers: Record<string, string>;
  query: Record<string, string>;
  body: Record<string, unknown>;
} {
  const url = new URL(exchange.url);
  const isGallery = /galleries\//i.test(url.pathname);
  url.searchParams.set('api-version', isGallery ? GALLERY_API_VERSION : API_VERSION);
  return {
    method: exchange.method,
    url: url.toString(),
    headers: { ...exchange.requestHeaders },
    query: Object.fromEntries(url.searchParams),
    body: parsed(exchange.requestBody),
  };
}

function parsed(text: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
