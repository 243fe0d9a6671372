import { describePolling } from './polling.mts';

describePolling('as n8n comes', {});
