import { describe, expect, it } from 'vitest';
import { ConfigError, flagOf, isLoopback, loadConfig, variableNames } from '../src/config.ts';

type Environment = Readonly<Record<string, string>>;

function problem(environment: Environment, argv: readonly string[] = []): string {
  try {
    loadConfig(argv, environment);
  } catch (error) {
    if (error instanceof ConfigError) {
      expect(error.message.startsWith(`${error.variable}: `)).toBe(true);
      return error.message;
    }
    throw error;
  }
  return 'none';
}

describe('defaults', () => {
  it('are those of a gateway on its own sandbox, for this machine alone', () => {
    expect(loadConfig([], {})).toMatchObject({
      upstreamOrigin: null,
      host: '127.0.0.1',
      port: 4000,
      apiKey: null,
      logLevel: 'info',
      graphiql: true,
      service: null,
      upstreamTimeoutMs: 10_000,
      requestTimeoutMs: 30_000,
    });
  });

  it('hold for blank variables', () => {
    const blank = Object.fromEntries(variableNames.map((name, i) => [name, i % 2 === 0 ? '' : '  ']));
    expect(loadConfig([], blank)).toEqual(loadConfig([], {}));
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(loadConfig([], {}))).toBe(true);
  });
});

describe('VEZA_URL', () => {
  it.each([
    ['acme.vezacloud.com', 'https://acme.vezacloud.com'],
    [' acme.vezacloud.com ', 'https://acme.vezacloud.com'],
    ['ACME.vezacloud.com', 'https://acme.vezacloud.com'],
    ['acme.vezacloud.com:8443', 'https://acme.vezacloud.com:8443'],
    ['https://acme.vezacloud.com', 'https://acme.vezacloud.com'],
    ['https://acme.vezacloud.com/', 'https://acme.vezacloud.com'],
    ['HTTPS://acme.vezacloud.com:443', 'https://acme.vezacloud.com'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['http://[::1]:4010', 'http://[::1]:4010'],
  ])('%j is %s', (given, origin) => {
    expect(loadConfig([], { VEZA_URL: given }).upstreamOrigin).toBe(origin);
  });

  it.each([
    ['https://acme.vezacloud.com/api/v1', 'without a path'],
    ['acme.vezacloud.com/api', 'without a path'],
    ['https://acme.vezacloud.com?x=1', 'without a path'],
    ['https://acme.vezacloud.com#x', 'without a path'],
    ['https://user:hunter2@acme.vezacloud.com', 'must not hold a user or a password'],
    ['https://hunter2@acme.vezacloud.com', 'must not hold a user or a password'],
    ['ftp://acme.vezacloud.com', 'must be an https:// URL'],
    ['file:///etc/passwd', 'must be an https:// URL'],
    ['javascript:alert(1)', 'must be a host'],
    ['https://', 'must be a host'],
    ['not a host', 'must be a host'],
    ['acme.vezacloud.com:notaport', 'must be a host'],
  ])('%j is refused by name, and not repeated', (given, reason) => {
    const message = problem({ VEZA_URL: given });
    expect(message).toMatch(/^VEZA_URL: /);
    expect(message).toContain(reason);
    expect(message).not.toContain('hunter2');
  });
});

describe('each variable', () => {
  it.each([
    [{ PORT: '0' }, { port: 0 }],
    [{ PORT: '65535' }, { port: 65_535 }],
    [{ HOST: '::1' }, { host: '::1' }],
    [{ HOST: '0.0.0.0' }, { host: '0.0.0.0' }],
    [{ VEZA_API_KEY: 'abc+/=' }, { apiKey: 'abc+/=' }],
    [{ LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
    [{ GRAPHIQL: 'off' }, { graphiql: false }],
    [{ GRAPHIQL: 'on' }, { graphiql: true }],
    [{ UPSTREAM_TIMEOUT_MS: '1' }, { upstreamTimeoutMs: 1 }],
    [{ REQUEST_TIMEOUT_MS: '5' }, { requestTimeoutMs: 5 }],
    [{ UPSTREAM_CONCURRENCY: '4' }, { upstreamConcurrency: 4 }],
    [{ MAX_PAGES: '9' }, { maxPages: 9 }],
    [{ SNAPSHOT_TTL_SECONDS: '0' }, { snapshotTtlSeconds: 0 }],
    [{ SNAPSHOT_MAX_PROFILES: '7' }, { snapshotMaxProfiles: 7 }],
    [{ MAX_DEPTH: '3' }, { limits: expect.objectContaining({ MAX_DEPTH: 3 }) }],
  ])('%j', (environment, expected) => {
    expect(loadConfig([], environment)).toMatchObject(expected);
  });

  it.each<[environment: Environment, message: string]>([
    [{ PORT: '65536' }, 'PORT: must be a whole number from 0 to 65535'],
    [{ PORT: '-1' }, 'PORT: must be a whole number from 0 to 65535'],
    [{ PORT: '4000.5' }, 'PORT: must be a whole number from 0 to 65535'],
    [{ PORT: '0x10' }, 'PORT: must be a whole number from 0 to 65535'],
    [{ PORT: 'http' }, 'PORT: must be a whole number from 0 to 65535'],
    [{ HOST: 'a b' }, 'HOST: must be a host name or an address, such as 127.0.0.1 or 0.0.0.0'],
    [{ HOST: 'http://localhost' }, 'HOST: must be a host name or an address, such as 127.0.0.1 or 0.0.0.0'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: must be silent, error, warn, info or debug'],
    [{ GRAPHIQL: 'yes' }, 'GRAPHIQL: must be on or off'],
    [{ UPSTREAM_TIMEOUT_MS: '0' }, 'UPSTREAM_TIMEOUT_MS: must be a whole number from 1 to 600000'],
    [{ MAX_COST: 'much' }, 'MAX_COST: must be a whole number from 1 to 1000000'],
  ])('is refused by name: %j', (environment, message) => {
    expect(problem(environment)).toBe(message);
  });

  it.each(['Bearer abc', 'a\nb', 'schlüssel'])('refuses the key %j without repeating it', (key) => {
    const message = problem({ VEZA_API_KEY: key });
    expect(message).toMatch(/^VEZA_API_KEY: must be one line/);
    expect(message).not.toContain(key);
  });
});

describe('REDIS_URL', () => {
  const none = { tls: false, credentials: {}, sentinelCredentials: {}, primary: '', database: 0 };
  it.each([
    ['redis://localhost', { ...none, kind: 'server', nodes: [{ host: 'localhost', port: 6379 }] }],
    ['redis://10.0.0.1:6380/2', { ...none, kind: 'server', nodes: [{ host: '10.0.0.1', port: 6380 }], database: 2 }],
    [
      'rediss://user:p%40ss@redis.acme.example:6380',
      {
        ...none,
        kind: 'server',
        tls: true,
        nodes: [{ host: 'redis.acme.example', port: 6380 }],
        credentials: { username: 'user', password: 'p@ss' },
      },
    ],
    [
      'redis://:secret@[::1]:6379/',
      { ...none, kind: 'server', nodes: [{ host: '::1', port: 6379 }], credentials: { password: 'secret' } },
    ],
    [
      'rediss-sentinel://gateway:a%2Cb@one,two:26380/main/3?sentinel_username=finder&sentinel_password=p%26q',
      {
        kind: 'sentinel',
        tls: true,
        nodes: [
          { host: 'one', port: 26_379 },
          { host: 'two', port: 26_380 },
        ],
        credentials: { username: 'gateway', password: 'a,b' },
        sentinelCredentials: { username: 'finder', password: 'p&q' },
        primary: 'main',
        database: 3,
      },
    ],
    [
      'redis-cluster://one:7000,[::1]:7001/',
      {
        ...none,
        kind: 'cluster',
        nodes: [
          { host: 'one', port: 7000 },
          { host: '::1', port: 7001 },
        ],
      },
    ],
  ])('%s says where Redis is', (url, address) => {
    expect(loadConfig([], { REDIS_URL: url }).redis).toEqual(address);
  });

  it.each([
    'localhost:6379',
    'http://hunter2@localhost',
    'redis://',
    'redis://:hunter2@',
    'redis://user:hunter2@host:port',
    'redis://user:hunter2%@host',
    'redis://user:hunter2@host/cache',
    'redis://user:hunter2@host?db=1',
    'redis://user:hunter2@host/1#x',
    'redis://user:hunter2@one,two',
    'redis-sentinel://user:hunter2@host',
    'redis-sentinel://user:hunter2@one,,two/main',
    'redis-sentinel://user:hunter2@host/main/db',
    'redis-sentinel://user:hunter2@host/main?password=x',
    'redis-cluster://user:hunter2@host/1',
    'redis-cluster://user:hunter2@host?sentinel_password=x',
    'unix:///run/redis/hunter2.sock',
  ])('%j is refused by name, and not repeated', (url) => {
    const message = problem({ REDIS_URL: url });
    expect(message).toMatch(/^REDIS_URL: must be redis:\/\/host:port, redis-sentinel:/);
    expect(message).not.toContain('hunter2');
  });
});

describe('flags', () => {
  it('have the names of the variables', () => {
    expect(flagOf('UPSTREAM_TIMEOUT_MS')).toBe('upstream-timeout-ms');
    const argv = ['--port', '1', '--host=localhost', '--veza-url', 'acme.vezacloud.com', '--graphiql', 'off'];
    expect(loadConfig(argv, {})).toMatchObject({
      port: 1,
      host: 'localhost',
      upstreamOrigin: 'https://acme.vezacloud.com',
      graphiql: false,
    });
  });

  it('win over the environment', () => {
    expect(loadConfig(['--port', '1'], { PORT: '2', HOST: 'localhost' })).toMatchObject({ port: 1, host: 'localhost' });
  });

  it.each<[argv: readonly string[], part: string]>([
    [['--colour', 'red'], '--colour'],
    [['--port'], "'--port <value>'"],
    [['extra'], "'extra'"],
    [['-p', '1'], '-p'],
  ])('are refused where the command has no such flag: %j', (argv, part) => {
    const message = problem({}, argv);
    expect(message).toMatch(/^arguments: /);
    expect(message).toContain(part);
  });

  it('are read as strictly as the environment', () => {
    expect(problem({}, ['--port', 'x'])).toBe('PORT: must be a whole number from 0 to 65535');
  });
});

describe('a key for callers without one', () => {
  it('is refused where others could reach it', () => {
    expect(problem({ VEZA_API_KEY: 'abc', HOST: '0.0.0.0' })).toMatch(
      /^VEZA_API_KEY: everybody who reaches 0\.0\.0\.0/,
    );
    expect(problem({ VEZA_API_KEY: 'abc', HOST: 'gateway.example.com' })).toMatch(/^VEZA_API_KEY: /);
  });

  it.each(['127.0.0.1', '127.8.8.8', 'localhost', 'LOCALHOST', '::1', '[::1]'])('is fine on %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '::',
    '',
    '127.0.0.1.evil.example',
    '127.evil',
    'localhost.evil.example',
    '10.0.0.1',
    '128.0.0.1',
  ])('is not on %j', (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});

describe('service mode', () => {
  const mode = {
    JWT_ISSUER: 'https://idp.example.com',
    JWT_AUDIENCE: 'gateway',
    JWT_JWKS_URL: 'https://idp.example.com/keys',
    VEZA_API_KEY: 'abc',
    HOST: '0.0.0.0',
  };

  it('takes its settings together', () => {
    expect(loadConfig([], { ...mode, JWT_MUTATION_CLAIM: 'roles=a=b' }).service).toEqual({
      issuer: 'https://idp.example.com',
      audience: 'gateway',
      jwksUrl: 'https://idp.example.com/keys',
      mutationClaim: { name: 'roles', value: 'a=b' },
    });
  });

  it.each(['JWT_ISSUER', 'JWT_AUDIENCE', 'JWT_JWKS_URL'])('asks for %s by name', (missing) => {
    expect(problem({ ...mode, [missing]: '' })).toMatch(new RegExp(`^${missing}: must be set too`));
  });

  it('asks for the key by name, unless it is for the sandbox', () => {
    expect(problem({ ...mode, VEZA_API_KEY: '', VEZA_URL: 'acme.vezacloud.com' })).toMatch(
      /^VEZA_API_KEY: must be set/,
    );
    expect(problem({ ...mode, VEZA_API_KEY: '' })).toBe('none');
  });

  it.each<[environment: Environment, variable: string]>([
    [{ ...mode, JWT_JWKS_URL: 'http://idp.example.com/keys' }, 'JWT_JWKS_URL'],
    [{ ...mode, JWT_JWKS_URL: 'keys' }, 'JWT_JWKS_URL'],
    [{ ...mode, JWT_MUTATION_CLAIM: 'admin' }, 'JWT_MUTATION_CLAIM'],
  ])('refuses what it can not use: %#', (environment, variable) => {
    expect(problem(environment)).toMatch(new RegExp(`^${variable}: must be `));
  });
});
