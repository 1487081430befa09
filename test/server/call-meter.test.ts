import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { CallMeter } from '../../src/server/graphql/operation/call-meter.ts';
import { startGateway } from '../support/gateway.ts';

const { limits } = loadConfig([], {});

describe('the calls of one operation', () => {
  it('are as many as the limit, and not one more', () => {
    const meter = new CallMeter(3);
    for (let i = 0; i < 3; i++) meter.charge('GET');
    expect(() => meter.charge('GET')).toThrow(/more than 3 calls.*MAX_COST/);
    expect(() => meter.charge('PATCH')).toThrow(/MAX_COST/);
  });

  it('count retries, and none is made beyond the limit', () => {
    const meter = new CallMeter(3);
    meter.charge('GET');
    for (const expected of [true, true, false]) {
      meter.noteCall();
      expect(meter.mayRetry()).toBe(expected);
    }
    expect(() => meter.charge('GET')).toThrow(/MAX_COST/);
  });

  it('may be read on after a write, so that a change is finished; no second write is begun', () => {
    const meter = new CallMeter(2);
    meter.charge('GET');
    meter.charge('PATCH');
    meter.charge('GET');
    expect(() => meter.charge('PATCH')).toThrow(/MAX_COST/);
    meter.charge('GET');
    expect(() => meter.charge('GET')).toThrow(/MAX_COST/);
  });

  it('end a list that is longer than the estimate takes it for, with an error and no part of the list', async () => {
    await using gateway = await startGateway({ profiles: 2000 }, { limits: { ...limits, MAX_COST: 13 } });
    const { data, errors } = await gateway.ask('{ accessProfiles { nodes { id } totalCount } }');
    expect(errors).toMatchObject([{ extensions: { code: 'COST_LIMIT', limit: 'MAX_COST' } }]);
    expect(data ?? {}).not.toHaveProperty('accessProfiles.totalCount', expect.any(Number));
    expect(gateway.sandbox.calls.length).toBe(13);
  });

  it('of one operation don’t end another that waits for the same scan', async () => {
    await using gateway = await startGateway({ profiles: 1000 }, { limits: { ...limits, MAX_COST: 21 } });
    // The first has used up most of its calls when the second joins the scan that the first began.
    const graph = '{ inheritanceGraph { nodes { id } } }';
    const others = Array.from(
      { length: 8 },
      (_, i) => `m${i}: accessProfiles(first: 1, filter: { labels: { has: "x${i}" } }) { nodes { id } }`,
    );
    const [first, second] = await Promise.all([
      gateway.ask(`{ ${others.join(' ')} inheritanceGraph { nodes { id } } }`),
      gateway.ask(graph),
    ]);
    expect(second.errors).toBeUndefined();
    expect(first.errors ?? []).toSatisfy((errors: readonly unknown[]) => errors.length <= 1);
  });
});
