import { type Config, loadConfig, misspeltSettings } from '../config.ts';
import { reasonOf } from '../server/redis/failure.ts';
import { documentsKey } from '../server/redis/keys.ts';
import { runOnce } from '../server/redis/new-client.ts';
import { checkTenant, type Finding, finding } from './tenant-checks.ts';

/** Milliseconds for Redis and the JWKS. */
const patienceMs = 5000;

/**
 * The `doctor` command: checks what a gateway with these settings would need, reading only, and prints a line for each check with
 * what to do. Exit code 1 if a check fails. Throws ConfigError for settings that can't be used.
 */
export async function runDoctor(argv: readonly string[]): Promise<void> {
  const findings: Finding[] = [];
  const print = (found: Finding) => {
    findings.push(found);
    process.stdout.write(`${found.verdict.padEnd(6)}${found.about}: ${found.text}\n`);
  };
  print(checkNode(process.versions.node));
  const config = loadConfig(argv);
  print(finding('ok', 'Settings', 'all can be used.'));
  for (const [given, meant] of misspeltSettings())
    print(finding('warn', 'Settings', `${given} is not a setting; did you mean ${meant}?`));
  if (config.upstreamOrigin === null) {
    print(
      finding(
        'skip',
        'Tenant',
        'VEZA_URL is not set, so a gateway would use its embedded sandbox. Set it to check your tenant.',
      ),
    );
  } else for await (const found of checkTenant(config.upstreamOrigin, config)) print(found);
  print(await checkRedis(config));
  print(await checkKeysOfProvider(config));
  const failed = findings.filter(({ verdict }) => verdict === 'fail').length;
  process.stdout.write(failed === 0 ? '\nNothing is in the way of a start.\n' : `\nChecks that failed: ${failed}.\n`);
  if (failed > 0) process.exitCode = 1;
}

function checkNode(version: string): Finding {
  const major = Number(version.split('.')[0]);
  if (major >= 22 && major % 2 === 0) return finding('ok', 'Node.js', `${version}.`);
  const why = major < 22 ? 'has reached its end of life' : 'is no release with long-term support';
  return finding('warn', 'Node.js', `${version} works, but ${why}. Run Node.js 24.`);
}

async function checkRedis({ redis, upstreamOrigin }: Config): Promise<Finding> {
  if (redis === null) {
    return finding('skip', 'Redis', 'REDIS_URL is not set. One gateway needs no Redis; several should share one.');
  }
  try {
    // Like each gateway, this runs a script on keys of its own; it only reads.
    const keys = [documentsKey(upstreamOrigin ?? 'doctor')];
    const script = "return redis.call('HGET', KEYS[1], 'doctor')";
    await runOnce(redis, patienceMs, (client) => client.eval(script, { keys, arguments: [] }));
    return finding('ok', 'Redis', 'it answers, and runs scripts.');
  } catch (error) {
    return finding('fail', 'Redis', `REDIS_URL does not work: ${reasonOf(error)}. ${adviceOnRedis(reasonOf(error))}`);
  }
}

function adviceOnRedis(reason: string): string {
  if (reason === 'WRONGPASS' || reason === 'NOAUTH') return 'Check the user and the password in REDIS_URL.';
  if (reason === 'NOPERM') return 'Give the user the commands and keys that docs/operations.md lists.';
  return 'Check host, port and TLS (rediss://) in REDIS_URL, and that the network lets this machine reach it.';
}

async function checkKeysOfProvider({ service }: Config): Promise<Finding> {
  const about = 'JWKS';
  if (service === null) return finding('skip', about, 'JWT_JWKS_URL is not set: callers send keys of the Veza API.');
  try {
    const response = await fetch(service.jwksUrl, { redirect: 'error', signal: AbortSignal.timeout(patienceMs) });
    const body: unknown = response.ok ? await response.json() : null;
    const keys =
      typeof body === 'object' && body !== null && 'keys' in body && Array.isArray(body.keys) ? body.keys : null;
    if (keys === null) {
      return finding('fail', about, `JWT_JWKS_URL answered ${response.status} without keys. Check the URL.`);
    }
    // Only keys for signatures: symmetric keys and keys for encryption are of no use here.
    const usable = keys.filter((key) => ['RSA', 'EC', 'OKP'].includes(key?.kty) && key?.use !== 'enc').length;
    if (usable === 0) return finding('fail', about, 'JWT_JWKS_URL has no key for RS, PS, ES or EdDSA signatures.');
    return finding('ok', about, `keys for signatures: ${usable}.`);
  } catch (error) {
    const reason =
      error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : 'error';
    return finding('fail', about, `JWT_JWKS_URL does not answer with JSON: ${reason}. Check the URL and the network.`);
  }
}
