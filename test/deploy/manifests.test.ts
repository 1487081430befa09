import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = `${root}/examples/kubernetes`;
const read = (file: string): string => readFileSync(`${root}/${file}`, 'utf8');

/** Anything: its shape is what the schemas check. */
type Manifest = ReturnType<typeof parse>;

const kustomization = parse(read('examples/kubernetes/kustomization.yaml'));
const manifests: readonly Manifest[] = kustomization.resources.map((file: string) =>
  parse(read(`examples/kubernetes/${file}`)),
);
const named = (kind: string): Manifest => {
  const found = manifests.find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`There is no ${kind}`);
  return found;
};

/** Kubernetes' own schemas, with unknown fields refused (see the comment in the file). */
const schemas: { kinds: Record<string, string>; definitions: object } = JSON.parse(
  readFileSync(new URL('kubernetes-schemas.json', import.meta.url), 'utf8'),
);
const formats = {
  ...({ int32: true, int64: true, double: true, 'date-time': true, byte: true } as const),
  quantity: /^[+-]?(\d+|\d*\.\d+|\d+\.)([eE][+-]?\d+|m|[kMGTPE]|[KMGTPE]i)?$/,
};
const ajv = new Ajv({ strict: false, allErrors: true, formats });
ajv.addSchema({ $id: 'kubernetes', definitions: schemas.definitions });
ajv.addSchema(JSON.parse(readFileSync(new URL('compose-schema.json', import.meta.url), 'utf8')), 'compose');

function problemsOf(manifest: Manifest): readonly string[] {
  const definition = schemas.kinds[`${manifest.apiVersion} ${manifest.kind}`];
  if (definition === undefined) return [`there is no schema of ${manifest.apiVersion} ${manifest.kind}`];
  return problemsBy(`kubernetes#/definitions/${definition}`, manifest);
}

function problemsBy(schema: string, manifest: Manifest): readonly string[] {
  const validate = ajv.compile({ $ref: schema });
  if (validate(manifest)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('the Kubernetes manifests', () => {
  it.each(manifests.map((each) => [each.kind, each] as const))(
    '%s satisfies the schema of Kubernetes',
    (_kind, manifest) => {
      expect(problemsOf(manifest)).toEqual([]);
    },
  );

  it.each<[string, (text: string) => string]>([
    ['a misspelt field', (text) => text.replace('readinessProbe', 'readynessProbe')],
    ['a wrong quantity', (text) => text.replace('256Mi', '256MB')],
    ['a text in place of a number', (text) => text.replace('periodSeconds: 10', 'periodSeconds: "10"')],
    ['a missing selector', (text) => text.replace(/ {2}selector:\n.*\n.*\n/, '')],
  ])('with %s are refused', (_what, spoil) => {
    const text = read('examples/kubernetes/deployment.yaml');
    const spoilt = spoil(text);
    expect(spoilt).not.toBe(text);
    expect(problemsOf(parse(spoilt))).not.toEqual([]);
  });

  it('are all in the kustomization', () => {
    const files = readdirSync(folder).filter((file) => file !== 'kustomization.yaml');
    expect([...kustomization.resources].sort()).toEqual(files.sort());
  });

  it('choose the pods of the deployment, by labels that it gives them', () => {
    const { labels } = named('Deployment').spec.template.metadata;
    const selectors = [
      named('Deployment').spec.selector.matchLabels,
      named('Service').spec.selector,
      named('PodDisruptionBudget').spec.selector.matchLabels,
      named('NetworkPolicy').spec.podSelector.matchLabels,
    ];
    for (const selector of selectors) expect(labels).toMatchObject(selector);
    expect(named('HorizontalPodAutoscaler').spec.scaleTargetRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: named('Deployment').metadata.name,
    });
  });

  it('run the image as it is made: ports, user, files that can not be written, no key in the files', () => {
    const pod = named('Deployment').spec.template.spec;
    const [gateway] = pod.containers;
    const dockerfile = read('Dockerfile');
    expect(gateway.ports.map(({ containerPort }: { containerPort: number }) => containerPort)).toEqual([4000, 4001]);
    expect(dockerfile).toContain('PORT=4000 ADMIN_PORT=4001');
    expect(dockerfile).toContain(`USER ${pod.securityContext.runAsUser}:${pod.securityContext.runAsGroup}`);
    expect(gateway.securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false });
    const ports = new Set(gateway.ports.map(({ name }: { name: string }) => name));
    for (const probe of [gateway.startupProbe, gateway.readinessProbe, gateway.livenessProbe]) {
      expect(ports).toContain(probe.httpGet.port);
    }
    expect(gateway.envFrom).toContainEqual({ secretRef: expect.objectContaining({ name: expect.any(String) }) });
    expect(manifests.map(({ kind }) => kind)).not.toContain('Secret');
  });

  it('leave the gateway the time that it takes to drain, and settings that it accepts', () => {
    const pod = named('Deployment').spec.template.spec;
    const literals: string[] = kustomization.configMapGenerator[0].literals;
    const environment = Object.fromEntries(literals.map((each) => each.split(/=(.*)/s).slice(0, 2)));
    const { shutdownTimeoutMs } = loadConfig([], environment);
    const waits = Number(
      /setTimeout\(\(\) => \{\}, (\d+)\)/.exec(pod.containers[0].lifecycle.preStop.exec.command[2])?.[1],
    );
    expect(waits).toBeGreaterThan(0);
    expect(pod.terminationGracePeriodSeconds * 1000).toBeGreaterThan(waits + shutdownTimeoutMs);
  });
});

describe('compose.yaml', () => {
  const text = read('compose.yaml');
  const { services } = parse(text);

  it('satisfies the schema of the Compose Specification', () => {
    expect(problemsBy('compose', parse(text))).toEqual([]);
  });

  it.each([
    ['a misspelt field', 'stop_grace_period', 'stop_grace_time'],
    ['a value of another type', 'read_only: true', 'read_only: [yes]'],
    ['a condition that there is not', 'service_healthy', 'service_ready'],
    ['a text in place of a list', 'cap_drop: [ALL]', 'cap_drop: ALL'],
  ])('with %s is refused', (_what, right, wrong) => {
    const spoilt = text.replace(right, wrong);
    expect(spoilt).not.toBe(text);
    expect(problemsBy('compose', parse(spoilt))).not.toEqual([]);
  });

  it('waits only for services that there are, and for the health of those that tell it', () => {
    for (const { depends_on: others = {} } of Object.values<Manifest>(services)) {
      const names = Array.isArray(others) ? others : Object.keys(others);
      for (const name of names) {
        expect(Object.keys(services)).toContain(name);
        if (others[name]?.condition === 'service_healthy') expect(services[name]).toHaveProperty('healthcheck.test');
      }
    }
  });

  it('can run several gateways: they publish no port and have no name of their own', () => {
    expect(services.gateway).not.toHaveProperty('ports');
    expect(services.gateway).not.toHaveProperty('container_name');
    expect(services.gateway.read_only).toBe(true);
    expect(services.balancer.ports).toEqual(['127.0.0.1:4000:4000']);
    expect(Number.parseInt(services.gateway.stop_grace_period, 10) * 1000).toBeGreaterThan(
      loadConfig([], {}).shutdownTimeoutMs,
    );
  });

  it('mounts files that exist, and gives the gateway settings that it accepts', () => {
    for (const { volumes = [] } of Object.values<{ volumes?: string[] }>(services)) {
      for (const volume of volumes) expect(read(volume.split(':')[0]?.replace('./', '') ?? '')).not.toBe('');
    }
    const environment = Object.fromEntries(
      Object.entries<string>(services.gateway.environment).map(([name, value]) => [
        name,
        value.replace(/^\$\{\w+:-(.*)\}$/, '$1'),
      ]),
    );
    const config = loadConfig([], { ...environment, HOST: '0.0.0.0' });
    expect(config).toMatchObject({ upstreamOrigin: 'http://sandbox:4010', tracing: { exporter: 'otlp' } });
    expect(config.redis?.nodes).toEqual([{ host: 'redis', port: 6379 }]);
  });

  it('asks the gateways for what they have: the load balancer for readiness, Prometheus for metrics', () => {
    const balancer = read('examples/compose/haproxy.cfg');
    expect(balancer).toContain('GET /health/ready');
    expect(balancer).toContain('check port 4001');
    expect(balancer).toMatch(/server-template gateway \d+ gateway:4000/);
    const [job] = parse(read('examples/monitoring/prometheus.yaml')).scrape_configs;
    expect(job).toMatchObject({
      job_name: 'access-profile-gateway',
      dns_sd_configs: [{ names: ['gateway'], port: 4001 }],
    });
    const collector = parse(read('examples/monitoring/collector.yaml'));
    expect(services.gateway.environment.OTEL_EXPORTER_OTLP_ENDPOINT).toBe('http://collector:4318');
    expect(collector.receivers.otlp.protocols.http.endpoint).toBe('0.0.0.0:4318');
    const { receivers, processors, exporters } = collector.service.pipelines.traces;
    expect(Object.keys(collector.receivers)).toEqual(receivers);
    expect(Object.keys(collector.processors)).toEqual(processors);
    expect(Object.keys(collector.exporters)).toEqual(exporters);
  });
});
