/** JSON as ARM sends it. */
export type Json = null | boolean | number | string | readonly Json[] | Model;

/** A resource body, or a part of one, in ARM's own shape. */
export interface Model {
  readonly [name: string]: Json;
}
