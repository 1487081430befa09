import type { Logger } from '../server/observability/log.ts';

/** Resolves with the first signal to end. A second one ends the process at once. */
export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let wasTold = false;
    const onSignal = (signal: NodeJS.Signals) => {
      if (wasTold) process.exit(1);
      wasTold = true;
      resolve(signal);
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}

/** Logs an error that nothing caught and ends the process: the error may have left work half done. */
export function endOnFault(log: Logger): void {
  const onFault = (error: unknown) => {
    log.fatal({ err: error }, 'fault in the gateway');
    process.exit(1);
  };
  process.on('uncaughtException', onFault);
  process.on('unhandledRejection', onFault);
}
