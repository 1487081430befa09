import { type LayoutTask, layOut } from './layout.ts';

/** Lays one graph out beside the page, which stays responsive meanwhile; a task that is no longer wanted is ended with its worker. */
self.onmessage = ({ data }: MessageEvent<LayoutTask>) => self.postMessage(layOut(data));
