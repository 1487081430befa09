import type { MaskForm } from '../wire/encode.ts';
import { InvalidInput, NotFound } from './failure.ts';

/** Kinds of changes that an API may treat differently: of profiles or of versions, and those that clear a field. */
export type ChangeKind = `${'profile' | 'version'}${'' | ', clearing'}`;

/** Milliseconds after which an API is found out about anew. */
const expiresAfterMs = 3_600_000;

const forms: readonly MaskForm[] = ['none', 'plain', 'nested'];

/**
 * The knowledge of how one API treats `update_mask`, which is documented by its name alone (API notes §1.3): whether a change takes
 * effect without one, and how its paths begin. Shared by all callers, since it is knowledge of the API and of nobody's
 * data; one entry for each kind of change.
 */
export class UpdateMasks {
  readonly #shown = new Map<ChangeKind, { readonly form: MaskForm; readonly until: number }>();

  /** The form that such changes were seen to take effect with; null: none was seen of late. */
  shown(kind: ChangeKind): MaskForm | null {
    const entry = this.#shown.get(kind);
    return entry !== undefined && performance.now() < entry.until ? entry.form : null;
  }

  /** The forms to try, one after another. */
  formsFor(kind: ChangeKind): readonly MaskForm[] {
    const shown = this.shown(kind);
    return shown === null ? forms : [shown, ...forms.filter((form) => form !== shown)];
  }

  /**
   * Whether a refusal may be due to the form, so that another one is worth trying: a mask is refused or takes the API to a route that
   * it does not have, or a change without a mask is refused with words about a mask.
   */
  mayBeRefused(kind: ChangeKind, form: MaskForm, error: unknown): boolean {
    if (form !== 'none') return error instanceof InvalidInput || error instanceof NotFound;
    return this.shown(kind) !== 'none' && error instanceof InvalidInput && error.namesMask;
  }

  show(kind: ChangeKind, form: MaskForm): void {
    this.#shown.set(kind, { form, until: performance.now() + expiresAfterMs });
  }

  /** A change did not take effect: the next one finds out anew. */
  forget(kind: ChangeKind): void {
    this.#shown.delete(kind);
  }
}

export function kindOfChange(resource: 'profile' | 'version', changes: object): ChangeKind {
  return Object.values(changes).some(isCleared) ? `${resource}, clearing` : resource;
}

function isCleared(value: unknown): boolean {
  if (value === null || value === '' || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
