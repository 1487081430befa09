import {
  type CryptoKey,
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  type JWSHeaderParameters,
  type RemoteJWKSetOptions,
} from 'jose';

/** Milliseconds after which the keys are fetched again. */
const maxAgeMs = 600_000;
/** Milliseconds in which a token that no key has signed does not make the gateway fetch them again. */
const cooldownMs = 30_000;

/** Whether to fetch is decided here, as jose decides by a clock that can be set back. */
const neverByItself: RemoteJWKSetOptions = {
  cacheMaxAge: Number.POSITIVE_INFINITY,
  cooldownDuration: Number.POSITIVE_INFINITY,
};

/** The keys that an identity provider publishes. */
export class ProviderKeys {
  readonly #remote: ReturnType<typeof createRemoteJWKSet>;
  readonly #now: () => number;
  #fetchedAt = Number.NEGATIVE_INFINITY;
  /** Those without a `kid`, which may be the one that a token names. */
  #unnamed = createLocalJWKSet({ keys: [] });

  constructor(url: URL, now: () => number = () => performance.now()) {
    this.#remote = createRemoteJWKSet(url, neverByItself);
    this.#now = now;
  }

  /**
   * Each key that the token may be signed with, to be tried one after the other (RFC 7515 appendix D): a provider may list a key
   * twice, use a `kid` again, or give none. Fails as jose does where the keys can't be fetched or the token can't be read.
   */
  async *fitting(token: string): AsyncGenerator<CryptoKey> {
    const header = headerOf(token);
    if (this.#now() - this.#fetchedAt >= maxAgeMs) await this.#fetch();
    yield* this.#known(header);
    // None of them has signed it: the provider may have others by now.
    if (this.#now() - this.#fetchedAt < cooldownMs) return;
    await this.#fetch();
    yield* this.#known(header);
  }

  async *#known(header: JWSHeaderParameters): AsyncGenerator<CryptoKey> {
    yield* each(this.#remote, header);
    if (header.kid !== undefined) yield* each(this.#unnamed, withoutKid(header));
  }

  async #fetch(): Promise<void> {
    await this.#remote.reload();
    this.#fetchedAt = this.#now();
    const { keys = [] } = this.#remote.jwks() ?? {};
    this.#unnamed = createLocalJWKSet({ keys: keys.filter(({ kid }) => kid === undefined) });
  }
}

/** None, one, or all of several: jose's sets take exactly one by themselves. Keys that can't be used are left out. */
async function* each(set: (header: JWSHeaderParameters) => Promise<CryptoKey>, header: JWSHeaderParameters) {
  const found = await set(header).catch((error: unknown) => {
    if (error instanceof errors.JWKSMultipleMatchingKeys) return error;
    if (error instanceof errors.JOSENotSupported) throw error;
    // No such key, or one that is damaged: a provider's other keys are as good as before.
    return null;
  });
  if (found instanceof errors.JWKSMultipleMatchingKeys) yield* found;
  else if (found !== null) yield found;
}

function withoutKid({ kid: _kid, ...header }: JWSHeaderParameters): JWSHeaderParameters {
  return header;
}

function headerOf(token: string): JWSHeaderParameters {
  try {
    return decodeProtectedHeader(token);
  } catch (error) {
    throw new errors.JWTInvalid('The token has no header', { cause: error });
  }
}
