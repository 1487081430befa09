import { UpstreamError } from '../errors.ts';
import { type Admission, Circuit, type CircuitState, type Suspicion } from './circuit.ts';
import { connectFailureOf } from './failure.ts';
import { type Lane, NoSlotError, type SlotOptions, Slots } from './slots.ts';

export interface GuardOptions extends SlotOptions {
  /** Called with each change of a circuit: `endpoint` is the endpoint's name, or `connection` for connections to the API. */
  readonly onCircuit?: ((endpoint: string, state: CircuitState) => void) | undefined;
}

/** The properties of a call that the guard reads. */
export interface GuardedCall extends Suspicion {
  readonly endpoint: { readonly name: string; readonly attempt: string };
  readonly authorization: string;
}

/** Calls that share a retry budget and slots: those of one endpoint, with or without input of their callers. */
export function laneName({ endpoint, holdsInput }: GuardedCall): string {
  return holdsInput ? `${endpoint.name} with input` : endpoint.name;
}

/**
 * Protects the API from the gateway, and callers from one another. Each endpoint has a circuit breaker, which opens on
 * errors and timeouts of that endpoint; one more opens on failures to connect, and holds for all. Slots bound the calls under
 * way. A call that the guard refuses was not sent.
 */
export class Guard {
  readonly #slots: Slots;
  readonly #onCircuit: (endpoint: string, state: CircuitState) => void;
  readonly #connection: Circuit;
  #connectError: Error | null = null;
  readonly #circuits = new Map<string, Circuit>();

  constructor({ onCircuit, ...slots }: GuardOptions) {
    this.#slots = new Slots(slots);
    this.#onCircuit = onCircuit ?? (() => undefined);
    this.#connection = new Circuit({ onState: (state) => this.#onCircuit('connection', state) });
  }

  /**
   * Makes a call once there is a slot for it. `signal` ends the waiting. Throws UpstreamError (UPSTREAM_UNAVAILABLE where a
   * circuit is open, OVERLOADED where too many calls wait), the reason of the signal, and what the call throws.
   */
  async run<T>(call: GuardedCall, signal: AbortSignal | undefined, send: () => Promise<T>): Promise<T> {
    if (signal?.aborted) throw signal.reason;
    const circuit = this.#circuitOf(call.endpoint.name);
    this.#refuseIfOpen(call, circuit);
    const name = laneName(call);
    const lane: Lane = { name, caller: call.holdsInput ? `${name} ${call.authorization}` : null };
    if (!this.#slots.take(lane)) await this.#slots.wait(lane, signal).catch((error) => refuseFor(call, error));
    try {
      const connection = this.#connection.admit({ holdsInput: false, subject: null });
      const endpoint = connection === null ? null : circuit.admit(call);
      if (connection === null || endpoint === null) {
        connection?.ended();
        throw connection === null ? this.#notConnected(call) : isFailing(call, circuit);
      }
      return await this.#observe(send, connection, endpoint);
    } finally {
      this.#slots.release(lane);
    }
  }

  async #observe<T>(send: () => Promise<T>, connection: Admission, endpoint: Admission): Promise<T> {
    try {
      const result = await send();
      connection.succeeded();
      endpoint.succeeded();
      return result;
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome === 'not connected') {
        this.#connectError = connectFailureOf(error);
        connection.failed();
        endpoint.ended();
      } else if (outcome === 'unknown') {
        connection.ended();
        endpoint.ended();
      } else {
        connection.succeeded();
        if (outcome === 'failed') endpoint.failed();
        else endpoint.succeeded();
      }
      throw error;
    }
  }

  #circuitOf(name: string): Circuit {
    const known = this.#circuits.get(name);
    if (known !== undefined) return known;
    const circuit = new Circuit({ onState: (state) => this.#onCircuit(name, state) });
    this.#circuits.set(name, circuit);
    return circuit;
  }

  #refuseIfOpen(call: GuardedCall, circuit: Circuit): void {
    if (this.#connection.refuses({ holdsInput: false, subject: null })) throw this.#notConnected(call);
    if (circuit.refuses(call)) throw isFailing(call, circuit);
  }

  #notConnected({ endpoint }: GuardedCall): UpstreamError {
    const why = 'the last connections to it failed';
    // Wrapped: this call itself made no attempt to connect.
    const cause = new Error('the circuit breaker for connections is open', { cause: this.#connectError });
    return refusal('UPSTREAM_UNAVAILABLE', endpoint.attempt, why, this.#connection.retryAfterSeconds, cause);
  }
}

/** The state of the API as the end of a call shows it. `answered`: it works, whatever it said to this request or this key. */
function outcomeOf(error: unknown): 'answered' | 'failed' | 'not connected' | 'unknown' {
  if (!(error instanceof UpstreamError)) return 'unknown';
  if (connectFailureOf(error) !== null) return 'not connected';
  const { status } = error.upstream;
  if (status !== null) return status >= 500 && status !== 501 && status !== 505 ? 'failed' : 'answered';
  if (error.code === 'OVERLOADED') return 'unknown';
  return error.code === 'UPSTREAM_INVALID_RESPONSE' ? 'answered' : 'failed';
}

function isFailing({ endpoint }: GuardedCall, circuit: Circuit): UpstreamError {
  const why = 'the last calls for that failed';
  return refusal('UPSTREAM_UNAVAILABLE', endpoint.attempt, why, circuit.retryAfterSeconds, null);
}

function refuseFor({ endpoint }: GuardedCall, error: unknown): never {
  if (!(error instanceof NoSlotError)) throw error;
  throw refusal('OVERLOADED', endpoint.attempt, 'too many calls are waiting', 1, error);
}

function refusal(
  code: 'UPSTREAM_UNAVAILABLE' | 'OVERLOADED',
  attempt: string,
  why: string,
  retryAfterSeconds: number,
  cause: Error | null,
): UpstreamError {
  const when = retryAfterSeconds === 1 ? 'in a second' : `in ${retryAfterSeconds} seconds`;
  const message = `The gateway did not ask the Veza API to ${attempt}: ${why}. Try again ${when}.`;
  return new UpstreamError(code, message, { retryAfterSeconds, wasSent: false }, cause === null ? {} : { cause });
}
