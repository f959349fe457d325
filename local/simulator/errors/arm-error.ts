export interface ArmErrorBody {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
  readonly details?: readonly ArmErrorBody[];
  readonly additionalInfo?: readonly { readonly type: string; readonly info: unknown }[];
  readonly innererror?: { readonly internalErrorCode: string };
}

/** A refusal in Azure Resource Manager's shape; handlers throw it, the request pipeline answers with it. */
export class ArmError extends Error {
  override readonly name = 'ArmError';
  readonly status: number;
  readonly body: ArmErrorBody;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: ArmErrorBody, headers: Readonly<Record<string, string>> = {}) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}
